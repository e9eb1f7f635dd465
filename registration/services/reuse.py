"""Copy people from earlier delegations of the same organisation."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from accounts.privacy import Privacy
from events.windows import end_of
from jobs.clock import database_now
from registration import rules
from registration.editing import require_direct_edit
from registration.fields import CATALOGUE, Asked, Section
from registration.models import Delegation, Participant, Upload
from registration.services.people import TYPED_LINES, increment_version, lock_delegation, record_person

COPIED = (Section.IDENTITY, Section.FUNCTION, Section.CONTACT)


def known_people(delegation: Delegation) -> list[Participant]:
    """The people confirmed at earlier events who are not in this delegation.

    One per name, those of the latest event first.
    """
    here = {_key(person) for person in delegation.participants.all() if person.is_present}
    found: dict[str, Participant] = {}
    for person in Participant.objects.known_before(delegation):
        if person.purged_at is None and _key(person) not in here:
            found.setdefault(_key(person), person)
    return list(found.values())


@transaction.atomic
def copy_people(
    *, delegation: Delegation, people: Collection[int], actor: User, at: datetime | None = None
) -> list[Participant]:
    """Add people of earlier delegations, by key, as drafts; returns the drafts.

    Copies identity, function and contact, and the portrait while it may be kept. Passport, journey and needs
    must be entered again. Skips people who are in the delegation already and fields that the event does not
    ask for. Raises UnknownPerson, EditingClosed, TooManyPeople.
    """
    delegation = lock_delegation(delegation)
    at = at or database_now()
    known = {person.pk: person for person in Participant.objects.known_before(delegation)}
    if not known.keys() >= set(people):
        raise rules.UnknownPerson
    offered = {person.pk for person in known_people(delegation)}
    present = list(delegation.participants.present().in_order())
    taken = []
    for earlier in (known[pk] for pk in people if pk in offered):
        person = _copy(delegation, earlier, present)
        require_direct_edit(person, [], at, actor)
        rules.check_composition([*present, person])
        person.save(force_insert=True)
        _copy_portrait(person, earlier, at)
        record_person(actor, "person.taken_over", person)
        present.append(person)
        taken.append(person)
    if taken:
        increment_version(delegation)
    return taken


def _key(person: Participant) -> str:
    return person.full_name.casefold()


def _copy(delegation: Delegation, earlier: Participant, present: list[Participant]) -> Participant:
    """The person as an unsaved draft at the end of the list; a second head becomes a delegate."""
    person = Participant(delegation=delegation, role=earlier.role)
    if person.role == Participant.Role.HEAD and any(other.role == person.role for other in present):
        person.role = Participant.Role.DELEGATE
    person.order = max((other.order for other in present), default=-1) + 1
    for row in Asked(delegation.event).of_person(person.role):
        field = CATALOGUE[row.name]
        if (
            field.section in COPIED
            and field.privacy != Privacy.SENSITIVE
            and row.name not in ("role", "accompanies")
        ):
            setattr(person, row.name, getattr(earlier, row.name))
    for name in TYPED_LINES:
        for column in (f"{name}_language", f"{name}_translation"):
            setattr(person, column, getattr(earlier, column))
    return person


def _copy_portrait(person: Participant, earlier: Participant, at: datetime) -> None:
    """Copy the photograph if this event asks for one and the earlier one may still be kept."""
    event = earlier.delegation.event
    keep = CATALOGUE[Upload.Kind.PHOTO].keep or 0
    if not Asked(person.delegation.event).asks(Upload.Kind.PHOTO):
        return
    if at >= end_of(event.last_day + timedelta(days=keep), event.tz):
        return
    portrait = earlier.uploads.filter(kind=Upload.Kind.PHOTO).first()
    if portrait is None:
        return
    with portrait.file.open() as file:
        content = ContentFile(file.read(), name=portrait.name)
    Upload.objects.create(
        delegation=person.delegation,
        participant=person,
        kind=portrait.kind,
        file=content,
        name=portrait.name,
        content_type=portrait.content_type,
        size=portrait.size,
        checksum=portrait.checksum,
    )
