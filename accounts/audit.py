"""Write the audit trail: one entry for each change."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

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
    """Write one entry in the caller's transaction, and return it. `actor` is None for the system itself.

    `changes` may contain values of public and internal fields, but only the names of personal fields.
    `at` is the database's current time by default.
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


def editable_values(*objects: models.Model) -> dict[str, object]:
    """Return the editable values of an object and of its parts, by name: `title_es`, `session 12: day`.

    For translated texts, only the columns of the languages are read, not the attribute that falls back.
    """
    return {
        name if obj is objects[0] else f"{obj._meta.model_name} {obj.pk}: {name}": value
        for obj in objects
        for name, value in _columns(obj)
    }


def record_edit(
    actor: User,
    verb: str,
    obj: models.Model,
    *,
    before: Mapping[str, object],
    after: Mapping[str, object],
    personal: Collection[str] = (),
) -> AuditEntry | None:
    """Write an entry with the differences as `{name: [before, after]}`. Return None if there are none.

    For `personal` fields, only the name is recorded.
    """
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    changes = {
        name: [] if name.rpartition(": ")[2] in personal else [before.get(name), after.get(name)]
        for name in changed
    }
    return record(actor, verb, obj, changes=changes) if changes else None


def _columns(obj: models.Model) -> list[tuple[str, object]]:
    fields = [field for field in obj._meta.concrete_fields if field.editable and not field.primary_key]
    bare = {field.translated_field.name for field in fields if hasattr(field, "translated_field")}
    return [(field.name, _plain(field, obj)) for field in fields if field.name not in bare]


def _plain(field: "models.Field[Any, Any]", obj: models.Model) -> object:
    """Return the value in a form that JSON can store. An empty text becomes None: the trail shows both alike."""
    value = field.value_from_object(obj)
    if value is None or isinstance(value, bool | int | str):
        return value or None if isinstance(value, str) else value
    return field.value_to_string(obj) or None
