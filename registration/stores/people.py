"""Registered people: each field has its own keeping period.

People who were never confirmed are erased a year after the event.
"""

from datetime import UTC, datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, values
from registration.fields import CATALOGUE, YEAR, Section
from registration.models import Participant
from registration.models.participant import ParticipantQuerySet
from registration.stores.due import batches, delete_due, empty_due, empty_values, ended_event_keys, kept_until

EVENT = "delegation__event"
_ASKED = {
    name: field
    for name, field in CATALOGUE.items()
    if field.section not in {Section.FILES, Section.DELEGATION}
}
_BESIDE = {  # columns that no form asks for
    "function_translation": None,
    "body_function_translation": None,
    "confirmed_identity": YEAR,
    "reason": YEAR,
}
KEEP: dict[str, int | None] = {name: field.keep for name, field in _ASKED.items()} | _BESIDE
LEVELS = {name: field.privacy for name, field in _ASKED.items()} | dict.fromkeys(_BESIDE, Privacy.PERSONAL)
_COUNTED = {"role", "gender", "attendance", "accompanies"}  # the figures need them; they identify nobody
_NEVER_SENT = (Participant.Status.DRAFT, Participant.Status.CANCELLED)
ERASED = [name for name in LEVELS if name not in _COUNTED]


def erase_people(people: ParticipantQuerySet, at: datetime) -> int:
    """Erase everything that identifies these people; returns their number. Role, gender and status stay."""
    fresh = {"erased_at": at, "version": F("version") + 1}
    return people.update(**empty_values(Participant, ERASED), **fresh)


def _purge(at: datetime) -> int:
    long_over = Participant.objects.filter(**{f"{EVENT}__in": ended_event_keys(at, YEAR)})
    deleted = delete_due(long_over.filter(status__in=_NEVER_SENT, submitted_at=None))
    emptied = empty_due(Participant.objects.all(), KEEP, at, EVENT, purged_at=at, version=F("version") + 1)
    return deleted + emptied + _forget_unconfirmed(long_over, at)


def _forget_unconfirmed(long_over: ParticipantQuerySet, at: datetime) -> int:
    """Erase people who did not take part: they do not belong in the record of the event."""
    absent = long_over.exclude(status=Participant.Status.CONFIRMED).filter(erased_at=None)
    return sum(erase_people(Participant.objects.filter(pk__in=keys), at) for keys in batches(absent))


def _find(subject: Subject) -> list[Finding]:
    people = Participant.objects.filter(pk__in=subject.people).select_related(EVENT)
    return [_finding(person) for person in people.order_by("pk")]


def _finding(person: Participant) -> Finding:
    held = values(person, PEOPLE.fields)
    kept = kept_until(person.delegation.event.last_day, KEEP, held)
    return Finding(person._meta.label_lower, person.pk, held, kept)


def _erase(subject: Subject) -> int:
    """Erase the people themselves; other people registered with the same address lose only the address."""
    at = datetime.now(tz=UTC)
    erased = erase_people(Participant.objects.filter(pk__in=subject.people, erased_at=None), at)
    if not subject.email:
        return erased
    others = Participant.objects.filter(~Q(pk__in=subject.people), email__iexact=subject.email)
    return erased + others.update(email="", version=F("version") + 1)


PEOPLE = Store(
    name=_("Participants"),
    purpose=_("to register people, admit them and look after them"),
    kept=_("each field for its time; names and functions of who took part with the record of the event"),
    fields={f"registration.participant.{name}": level for name, level in LEVELS.items()}
    | {"registration.participant.substitutes": Privacy.INTERNAL},
    find=_find,
    erase=_erase,
    purge=_purge,
)
