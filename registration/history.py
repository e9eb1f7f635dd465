"""What happened to a delegation, in words, from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import trail
from accounts.models import AuditEntry, User
from registration.models import Delegation


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: when (UTC), what, and who as the reader may know it."""

    at: datetime
    what: str
    who: str


def of(delegation: Delegation, reader: User) -> list[Line]:
    """Newest first. A coordinator sees neither each draft nor the names of the secretariat's people."""
    entries = AuditEntry.objects.about(delegation).with_actor()
    if not reader.is_secretariat:
        entries = entries.exclude(verb="delegation.saved")
    coordinators = {coordinator.pk for coordinator in delegation.coordinators.all()}
    return [Line(entry.at, trail.what(entry.verb), _who(entry, coordinators, reader)) for entry in entries]


def _who(entry: AuditEntry, coordinators: set[int], reader: User) -> str:
    if entry.actor_id == reader.pk:
        return _("you")
    if reader.is_secretariat or entry.actor_id in coordinators:
        return getattr(entry, "actor", None) or _("removed account")
    return _("the secretariat")
