"""Changes to one person of a delegation: save, remove, restore, move up or down."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import AuditEntry, User
from jobs.clock import database_now
from registration import mailing, rules
from registration.editing import require_direct_edit
from registration.fields import CATALOGUE
from registration.models import Delegation, Participant
from registration.services.capacity import (
    apply_identity_change,
    confirm_if_examined,
    give_up_places,
    lock_event_of,
)

Status = Participant.Status
TYPED_LINES = ("function", "body_function")  # the language of each is stored with it


class PersonChanged(rules.VersionChanged):
    """Somebody else saved the person after the page was opened; `names` are the fields that differ."""

    def __init__(self, participant: Participant, names: list[str]) -> None:
        super().__init__()
        self.participant, self.names = participant, names


class PersonGone(rules.Refused):
    """The person was removed after the page was opened, or never belonged to this delegation."""

    sentence = gettext_lazy("Nothing was saved: this person is no longer in the delegation.")


class Nameless(rules.Refused):
    """The person has no name at all."""

    sentence = gettext_lazy("Enter the given names, the family names or both.")


@transaction.atomic
def save_person(
    *,
    delegation: Delegation,
    person: Participant | None,
    fields: Mapping[str, object],
    version: int | None,
    language: str,
    actor: User,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Participant:
    """Save what was typed about a person, complete or not.

    Without `person`, add a new one at the end of the list. `fields` uses the names of
    `registration/fields.py`; fields left out do not change. `version` is the version on the page; None
    overwrites. `language` is the language in which functions were typed. Sending the same `key` twice adds
    one person. A confirmed person with a new identity must be examined again. Raises EditingClosed,
    PersonChanged, PersonGone, Nameless, UnknownPerson, TwoHeads, TooManyPeople.
    """
    delegation = lock_delegation(delegation)
    participant = _found(delegation, person, key)
    if participant.erased_at:
        raise PersonGone
    values = _values(participant, fields, language)
    changed = [name for name, value in values.items() if getattr(participant, name) != value]
    if participant.pk and not changed:
        return participant
    if participant.pk and version is not None and participant.version != version:
        _require_same(participant, values, version)
    at = at or database_now()
    require_direct_edit(participant, changed, at, actor)
    before = audit.editable_values(participant) if participant.pk else {}
    _write(participant, values, changed, at, actor)
    increment_version(delegation)
    verb = "person.saved" if before else "person.added"
    record_person(actor, verb, participant, before=before, fields=changed, at=at)
    return participant


@transaction.atomic
def cancel_person(
    *,
    participant: Participant,
    version: int | None = None,
    reason: str,
    actor: User,
    at: datetime | None = None,
) -> Participant:
    """Remove a person from the delegation. The row stays, so that this can be undone; the place becomes free.

    If the secretariat removes a person who is not a draft, a mail gives the coordinators the reason.
    `version` is the person's version on the page. Raises PersonGone if the person is removed already,
    VersionChanged, EditingClosed.
    """
    delegation = lock_delegation(participant.delegation)
    was_submitted = _found(delegation, participant, None).status != Status.DRAFT
    participant = cancel_without_mail(
        participant=participant, version=version, reason=reason, actor=actor, at=at
    )
    if was_submitted and on_behalf(delegation, actor):
        mailing.person_cancelled(delegation, reason=reason)
    return participant


@transaction.atomic
def cancel_without_mail(
    *,
    participant: Participant,
    version: int | None = None,
    reason: str,
    actor: User,
    at: datetime | None = None,
) -> Participant:
    """Do the same as `cancel_person` without a mail, for callers that send their own."""
    delegation = lock_delegation(participant.delegation)
    participant = _found(delegation, participant, None)
    if version is not None and participant.version != version:
        raise rules.VersionChanged
    at = at or database_now()
    require_direct_edit(participant, ["role"], at, actor)
    chosen = delegation.participants.filter(pk=participant.pk)
    [participant] = give_up_places(delegation, chosen, Status.CANCELLED, at=at, reason=reason)
    confirm_if_examined(delegation, at)
    increment_version(delegation)
    record_person(actor, "person.cancelled", participant)
    return participant


@transaction.atomic
def restore_person(*, participant: Participant, actor: User) -> Participant:
    """Restore a removed person as a draft. Raises PersonGone, EditingClosed, TwoHeads, TooManyPeople."""
    delegation = lock_delegation(participant.delegation)
    participant = _of(delegation, participant.pk)
    if participant.status != Status.CANCELLED:
        raise PersonGone
    participant.status, participant.reason = Status.DRAFT, ""
    require_direct_edit(participant, [], database_now(), actor)
    participant.version += 1
    _require_sound(delegation, participant)
    participant.save(update_fields=["status", "reason", "version"])
    increment_version(delegation)
    record_person(actor, "person.restored", participant)
    return participant


@transaction.atomic
def move_person(*, participant: Participant, up: bool, actor: User) -> Participant:
    """Move a person one place up or down in the order of precedence.

    Does nothing if the person is first or last already. Raises PersonGone, EditingClosed.
    """
    delegation = lock_delegation(participant.delegation)
    people = list(delegation.participants.present().in_order())
    place = next((index for index, person in enumerate(people) if person.pk == participant.pk), None)
    if place is None:
        raise PersonGone
    participant = people[place]
    participant.delegation = delegation
    require_direct_edit(delegation, ["role"], database_now(), actor)
    neighbour = place - 1 if up else place + 1
    if not 0 <= neighbour < len(people):
        return participant
    people[place], people[neighbour] = people[neighbour], people[place]
    before = participant.order
    _number(people)
    increment_version(delegation)
    audit.record(
        actor,
        "person.moved",
        participant,
        changes={"order": [before, participant.order]} | on_behalf(delegation, actor),
    )
    return participant


def lock_delegation(delegation: Delegation) -> Delegation:
    """Lock the delegation until the transaction ends and return its present row.

    This lock comes first in the lock order. FOR NO KEY UPDATE, because a plain lock would block inserts of
    rows that refer to the delegation.
    """
    return Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)


def increment_version(delegation: Delegation) -> None:
    """Increment the version of a locked delegation, so that a decision on the former version is refused."""
    delegation.version += 1
    delegation.save(update_fields=["version", "saved_at"])


def on_behalf(delegation: Delegation, actor: User) -> dict[str, object]:
    """The audit entry's mark that the actor is not a coordinator of the delegation; empty if they are one."""
    is_own = delegation.coordinators.filter(pk=actor.pk).exists()
    return {} if is_own else {"on_behalf": True}


def record_person(
    actor: User,
    verb: str,
    participant: Participant,
    *,
    before: Mapping[str, object] | None = None,
    fields: Sequence[str] = (),
    at: datetime | None = None,
) -> None:
    """Write one audit entry about a person.

    It holds the old and the new value of public and internal fields, and only the name of other fields.
    """
    after = audit.editable_values(participant)
    changes: dict[str, object] = {
        name: [(before or {}).get(name), after.get(name)] if CATALOGUE[name].is_open else []
        for name in fields
        if name in CATALOGUE
    }
    changes |= {"version": participant.version} | on_behalf(participant.delegation, actor)
    audit.record(actor, verb, participant, changes=changes, at=at)


def _of(delegation: Delegation, pk: int) -> Participant:
    """The present row of the person, with the locked delegation set. Raises PersonGone."""
    participant = delegation.participants.filter(pk=pk).first()
    if participant is None:
        raise PersonGone
    participant.delegation = delegation
    return participant


def _found(delegation: Delegation, person: Participant | None, key: UUID | None) -> Participant:
    """The present row of the person, or a new unsaved person. Raises PersonGone."""
    if person is None:
        known = delegation.participants.filter(form_key=key).first() if key else None
        person = known or Participant(delegation=delegation, form_key=key)
    if person.pk is None:
        return person
    participant = _of(delegation, person.pk)
    if not participant.is_present:
        raise PersonGone
    return participant


def _values(participant: Participant, fields: Mapping[str, object], language: str) -> dict[str, object]:
    """The column values for these fields; only an accompanying person keeps `accompanies`."""
    values = dict(fields)
    if values.get("role", participant.role) != Participant.Role.ACCOMPANYING:
        values["accompanies"] = None
    for name in TYPED_LINES:
        if values.get(name, "") and values[name] != getattr(participant, name):
            values |= {f"{name}_language": language, f"{name}_translation": ""}
    return values


def _require_same(participant: Participant, values: Mapping[str, object], version: int) -> None:
    """Raises PersonChanged if a field saved since that version differs from the value to be written.

    If `version` cannot be that of any page (below 1 or too high), every field that differs counts.
    """
    parted = [
        name for name, value in values.items() if name in CATALOGUE and getattr(participant, name) != value
    ]
    if 1 <= version <= participant.version:
        since = AuditEntry.objects.about(participant).filter(changes__version__gt=version)
        saved = {name for changes in since.values_list("changes", flat=True) for name in changes}
        parted = [name for name in parted if name in saved]
        if not parted:
            return
    raise PersonChanged(participant, parted)


def _write(
    participant: Participant, values: Mapping[str, object], changed: Sequence[str], at: datetime, actor: User
) -> None:
    """Save these values and apply the effects of a new identity. Raises EditingClosed.

    A registered person may change category only while the new category is open too. The event is then locked
    before the person, the order that all code that assigns places follows.
    """
    identity, category = participant.identity, participant.category
    for name, value in values.items():
        setattr(participant, name, value)
    _require_sound(participant.delegation, participant, changed)
    if participant.pk is None:
        _put_last(participant)
        return
    if participant.category != category and participant.status != Status.DRAFT:
        require_direct_edit(participant, changed, at, actor)
        lock_event_of(participant.delegation)
    participant.version += 1
    participant.save(update_fields=[*changed, "version"])
    apply_identity_change(participant, identity, at=at)


def _put_last(participant: Participant) -> None:
    last = participant.delegation.participants.aggregate(last=models.Max("order"))["last"]
    participant.order = 0 if last is None else last + 1
    participant.save(force_insert=True)


def _require_sound(delegation: Delegation, participant: Participant, changed: Sequence[str] = ()) -> None:
    """Raises Nameless, TwoHeads, TooManyPeople, or UnknownPerson.

    UnknownPerson: the person whom an accompanying person accompanies is not in the delegation.
    """
    if not participant.has_name:
        raise Nameless
    others = list(delegation.participants.present().exclude(pk=participant.pk))
    rules.check_composition([*others, participant])
    whom = participant.accompanies_id if "accompanies" in changed else None
    if whom and whom not in {one.pk for one in others if one.role != Participant.Role.ACCOMPANYING}:
        raise rules.UnknownPerson


def _number(people: Sequence[Participant]) -> None:
    """Number the people in this order and save those whose number changed."""
    moved = [one for place, one in enumerate(people) if one.order != place]
    for place, one in enumerate(people):
        one.order = place
    Participant.objects.bulk_update(moved, ["order"])
