"""The whole form saved at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from registration import rules
from registration.models import Delegation, Participant
from registration.services.people import held


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
    delegation = held(delegation)
    if not delegation.is_editable:
        raise rules.WrongStatus(delegation)
    if delegation.version != version:
        raise rules.VersionChanged
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
