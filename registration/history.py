"""The history of a delegation as text, from the audit trail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import trail
from accounts.models import AuditEntry, User
from registration.fields import CATALOGUE
from registration.models import Delegation, Participant, Upload

CONTENTS = {  # verbs of changes to the data that the secretariat examines
    "delegation.details_saved",
    *(
        f"person.{done}"
        for done in ("added", "saved", "cancelled", "restored", "moved", "taken_over", "substituted")
    ),
    *(f"upload.{done}" for done in ("kept", "replaced", "removed", "restored")),
}
BESIDE_FIELDS = {"version", "on_behalf", "kind", "participant"}  # keys of `changes` that are not fields


@dataclass(frozen=True, slots=True)
class Line:
    """One past action: when (UTC), what, and by whom, as far as the reader may know."""

    at: datetime
    what: str
    who: str
    whom: str = ""  # the person concerned; empty for the delegation as a whole


@dataclass(slots=True)
class Change:
    """All changes to one person, or to the delegation as a whole (`person` is None), in a period."""

    person: Participant | None
    done: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def what(self) -> list[str]:
        """The actions, each one once."""
        return list(dict.fromkeys(self.done))

    @property
    def words(self) -> list[tuple[str, str]]:
        """The fields with “before → after”; for personal fields only the fact that they changed."""
        model = Participant if self.person else Delegation
        in_order = {name: self.fields[name] for name in [*CATALOGUE, *self.fields] if name in self.fields}
        return list(trail.changes(model._meta.label_lower, in_order))


def delegation_history(delegation: Delegation, reader: User) -> list[Line]:
    """The history, newest first. A coordinator does not see the names of officers of the secretariat."""
    return _lines(delegation, reader, AuditEntry.objects.about(delegation), delegation.participants.all())


def full_history(delegation: Delegation, reader: User, people: Iterable[Participant]) -> list[Line]:
    """The history with the actions on these people, for the secretariat; the newest 200."""
    people = list(people)
    entries = _entries(delegation, [person.pk for person in people]).order_by("-at", "-pk")[:200]
    return _lines(delegation, reader, entries, people)


def changes_since_return(delegation: Delegation, people: Iterable[Participant]) -> list[Change]:
    """The changes after the delegation was last returned: to the delegation first, then by person.

    Empty once the delegation has been confirmed as a whole, because the officer has seen the changes.
    """
    if delegation.returned_at is None or delegation.confirmed_at:
        return []
    known = {person.pk: person for person in people}
    changes: dict[int | None, Change] = {}
    later = _entries(delegation, known).filter(verb__in=CONTENTS, at__gt=delegation.returned_at)
    for entry in later.order_by("at", "pk"):
        person = known.get(_person_of(entry))
        change = changes.setdefault(person.pk if person else None, Change(person))
        change.done.append(_what(entry))
        for name, recorded in entry.changes.items():
            if name not in BESIDE_FIELDS:
                change.fields[name] = _merged(change.fields.get(name), recorded)
    order = [None, *known]
    return [changes[key] for key in order if key in changes]


def _lines(delegation: Delegation, reader: User, entries: Any, people: Iterable[Participant]) -> list[Line]:
    coordinators = {coordinator.pk for coordinator in delegation.coordinators.all()}
    known = {person.pk: str(person) for person in people}
    return [
        Line(entry.at, _what(entry), _who(entry, coordinators, reader), known.get(_person_of(entry), ""))
        for entry in entries.with_actor()
    ]


def _entries(delegation: Delegation, known: Iterable[int]) -> Any:
    about_people = Q(object_type=Participant._meta.label_lower, object_id__in=list(known))
    about_whole = Q(object_type=Delegation._meta.label_lower, object_id=delegation.pk)
    return AuditEntry.objects.filter(about_whole | about_people)


def _person_of(entry: AuditEntry) -> int:
    """The key of the person that the entry, or the file in it, belongs to; 0 for the delegation."""
    if entry.object_type == Participant._meta.label_lower:
        return entry.object_id
    return int(entry.changes.get("participant", 0))


def _what(entry: AuditEntry) -> str:
    """The action as text; for a file, with its kind."""
    kind = entry.changes.get("kind", "") if entry.verb.startswith("upload.") else ""
    return (
        f"{trail.verb_description(entry.verb)}: {Upload.Kind(kind).label}"
        if kind
        else trail.verb_description(entry.verb)
    )


def _merged(earlier: Any, later: Any) -> Any:
    """Combine two changes of a field: from the first value to the last."""
    is_pair = isinstance(earlier, list) and isinstance(later, list) and len(earlier) == len(later) == 2
    return [earlier[0], later[1]] if is_pair else later


def _who(entry: AuditEntry, coordinators: set[int], reader: User) -> str:
    if entry.actor_id == reader.pk:
        return _("you")
    if reader.is_secretariat or entry.actor_id in coordinators:
        return getattr(entry, "actor", None) or _("removed account")
    return _("the secretariat")
