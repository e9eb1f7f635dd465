"""The audit trail: one line for each change of state."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from accounts import trace
from accounts.models import AuditEntry, User


def record(
    actor: User | None,
    verb: str,
    obj: models.Model,
    *,
    changes: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> AuditEntry:
    """Write one line in the caller's transaction. No actor means the system itself.

    `changes` may hold values of public and internal fields; of personal fields only their names.
    The time is the database's unless the caller has read it already.
    """
    entry = AuditEntry(
        actor_id=actor.pk if actor else None,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        event_id=obj.pk if obj._meta.model_name == "event" else getattr(obj, "event_id", None),
        changes=dict(changes or {}),
        request_id=trace.request_id.get(),
    )
    if at:
        entry.at = at
    entry.save()
    return entry
