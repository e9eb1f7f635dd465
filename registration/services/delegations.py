"""From the draft to the confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from events.models import Event
from jobs.clock import database_now
from registration import mailing, rules
from registration.deadlines import require_open
from registration.models import Delegation, Participant

Status = Delegation.Status


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the form says: without `pk` somebody new; `fields` as Participant names them."""

    fields: Mapping[str, str]
    pk: int | None = None
    remove: bool = False


@transaction.atomic
def save_draft(
    *,
    delegation: Delegation,
    people: Sequence[Person],
    remarks: str,
    version: int,
    language: str,
    actor: User,
) -> Delegation:
    """Keep what the coordinator has typed so far, complete or not, deadline or not.

    People whom the list does not name stay. The version rises when something has changed. `language` is that
    of the page on which functions were typed. Raises WrongStatus, VersionChanged, UnknownPerson, TwoHeads,
    TooManyPeople.
    """
    delegation = _locked(delegation, version, *Delegation.EDITABLE)
    known = {participant.pk: participant for participant in delegation.participants.all()}
    named = [person.pk for person in people if person.pk]
    if not known.keys() >= set(named) or len(named) != len(set(named)):
        raise rules.UnknownPerson
    removed = [known.pop(person.pk) for person in people if person.remove and person.pk]
    kept = [person for person in people if not person.remove]
    written = [_written(known, delegation, person, order, language) for order, person in enumerate(kept)]
    rules.check_composition([*known.values(), *(one for one, _fields in written if not one.pk)])
    changed = {name for _participant, fields in written for name in fields}
    changed |= {"people"} if removed else set()
    changed |= {"remarks"} if delegation.remarks != remarks else set()
    if not changed:
        return delegation
    _store(removed, [participant for participant, fields in written if fields])
    delegation.remarks = remarks
    delegation.version += 1
    delegation.save(update_fields=["remarks", "version", "saved_at"])
    audit.record(
        actor,
        "delegation.saved",
        delegation,
        changes={"version": delegation.version, "fields": sorted(changed)},
    )
    return delegation


def _written(
    known: Mapping[int, Participant], delegation: Delegation, person: Person, order: int, language: str
) -> tuple[Participant, set[str]]:
    """The participant with what the form says, and the names of the fields that it changes."""
    participant = known[person.pk] if person.pk else Participant(delegation=delegation)
    values: dict[str, object] = {**person.fields, "order": order}
    if values.get("function", "") != participant.function:
        values["function_language"] = language
    changed = {
        name for name, value in values.items() if not participant.pk or getattr(participant, name) != value
    }
    for name, value in values.items():
        setattr(participant, name, value)
    return participant, changed


def _store(removed: Sequence[Participant], written: Sequence[Participant]) -> None:
    """Write the head last: the database refuses two, and the one before may only now become something else."""
    for participant in removed:
        participant.delete()
    for participant in sorted(written, key=lambda one: one.role == Participant.Role.HEAD):
        participant.save()


@transaction.atomic
def submit_delegation(
    *, delegation: Delegation, version: int, privacy_read: bool, actor: User, at: datetime | None = None
) -> Delegation:
    """Hand the delegation to the secretariat; the receipt goes to its coordinators.

    Raises WrongStatus, VersionChanged, EventNotHeld, OutsideWindow, Incomplete, PrivacyNotRead. The moment that
    counts is read after the lock, from the database's clock, unless a test passes it in.
    """
    delegation = _locked(delegation, version, *Delegation.EDITABLE)
    event = Event.objects.select_for_update(no_key=True).get(
        pk=delegation.event_id
    )  # nobody cancels it meanwhile
    at = at or database_now()
    require_open(event, at)
    if missing := rules.missing(delegation.participants.all()):
        raise rules.Incomplete(missing)
    if not privacy_read:
        raise rules.PrivacyNotRead
    delegation.privacy_read_at = delegation.submitted_at = at
    delegation.reason = ""
    _move(delegation, Status.SUBMITTED, "privacy_read_at", "submitted_at", "reason")
    audit.record(actor, "delegation.submitted", delegation, changes={"version": version}, at=at)
    mailing.receipt(delegation)
    return delegation


@transaction.atomic
def confirm_delegation(
    *, delegation: Delegation, version: int, actor: User, at: datetime | None = None
) -> Delegation:
    """Accept the version that the officer has seen; its coordinators are told. Raises WrongStatus, VersionChanged."""
    delegation = _locked(delegation, version, Status.SUBMITTED)
    delegation.confirmed_at = at or database_now()
    _move(delegation, Status.CONFIRMED, "confirmed_at")
    audit.record(
        actor, "delegation.confirmed", delegation, changes={"version": version}, at=delegation.confirmed_at
    )
    mailing.confirmed(delegation)
    return delegation


@transaction.atomic
def return_delegation(
    *, delegation: Delegation, version: int, status: str, reason: str, actor: User
) -> Delegation:
    """Give the pen back to the coordinators and tell them why; a confirmed registration is opened again by this.

    `status` is the one that the officer has seen: who meant a submitted registration does not undo what a
    colleague has confirmed since. Raises ReasonMissing, WrongStatus, VersionChanged.
    """
    if not reason:
        raise rules.ReasonMissing
    delegation = _locked(delegation, version, status)
    delegation.reason = reason
    delegation.confirmed_at = None
    _move(delegation, Status.RETURNED, "reason", "confirmed_at")
    audit.record(actor, "delegation.returned", delegation, changes={"version": version})
    mailing.returned(delegation)
    return delegation


def _locked(delegation: Delegation, version: int, *allowed: str) -> Delegation:
    """The row as it is now, held until the transaction ends. Raises WrongStatus, VersionChanged.

    FOR NO KEY UPDATE: a plain lock would hold up whoever adds a row that points here.
    """
    locked = Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)
    if locked.status not in allowed:
        raise rules.WrongStatus(locked)
    if locked.version != version:
        raise rules.VersionChanged
    return locked


def _move(delegation: Delegation, status: str, *fields: str) -> None:
    """Along the table of moves, or not at all. Raises WrongStatus."""
    if not delegation.can_become(status):
        raise rules.WrongStatus(delegation)
    delegation.status = status
    delegation.save(update_fields=["status", *fields])
