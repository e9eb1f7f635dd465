"""The specimen assembly: its terms, and its delegations as they would be some days after registration closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from accounts.models import User
from config.sample import entering, specimen_assembly
from config.sample.portraits import portrait
from events.models import Event
from jobs.clock import database_now
from registration import services
from registration.models import (
    Declaration,
    Delegation,
    Invitation,
    Parliament,
    Participant,
    Places,
    Reminder,
    Upload,
)

sample = specimen_assembly
Status = Delegation.Status
BORN = date(1982, 11, 1)


def load_terms(*, event: Event, actor: User) -> None:
    """Create the rules and fields of an IPU Assembly, its declarations, places and reminders."""
    services.apply_preset(event=event, preset="ipu_assembly", replace=True, actor=actor)
    for order, fields in enumerate(sample.DECLARATIONS):
        Declaration.objects.create(event=event, order=order, **fields)
    for category, places in sample.PLACES.items():
        Places.objects.create(event=event, category=category, places=places)
    for audience, days in sample.REMINDERS:
        Reminder.objects.create(event=event, audience=audience, days_before=days)


def load_delegations(*, event: Event, actor: User) -> None:
    """Create invitations, delegations and people in every state, and requests that wait for an answer."""
    past = database_now() - timedelta(days=20)
    _invite(event, actor, past)
    for number, code in enumerate([*sample.DELEGATIONS, *sample.OBSERVERS]):
        _delegation(event, code, actor, past + timedelta(days=number))
    for group, people in sample.GROUPS.items():
        _group(event, group, people, actor, past)
    _afterwards(event, actor)


def _invite(event: Event, actor: User, at: datetime) -> None:
    codes = [*sample.INVITED, *sample.DELEGATIONS, *sample.OBSERVERS]
    invited = Parliament.objects.filter(organisation__code__in=codes)
    services.invite(event=event, parliaments=invited, language=services.OWN_LANGUAGE, actor=actor, at=at)
    services.send_invitations(invitations=event.invitations.all(), actor=actor, at=at)
    for code in sample.OPENED:
        services.open_invitation(invitation=_invitation(event, code))
    for code in sample.ACCEPTED:
        services.accept_invitation(invitation=_invitation(event, code), answer="", actor=actor)
    for code, word in sample.DECLINED.items():
        services.decline_invitation(invitation=_invitation(event, code), answer=word, actor=actor)


def _invitation(event: Event, code: str) -> Invitation:
    return event.invitations.with_parliament().get(organisation__code=code)


def _delegation(event: Event, code: str, officer: User, at: datetime) -> None:
    delegation, coordinator = entering.open_delegation(_invitation(event, code), at)
    status, people = sample.DELEGATIONS.get(code) or ("submitted", sample.OBSERVERS[code])
    delegation = _complete(delegation, people, coordinator, at)
    reason = sample.REASONS.get(code, "")
    entering.bring_to(
        status,
        delegation,
        coordinator=coordinator,
        officer=officer,
        at=at,
        reason=reason,
        last_day=_extended_to(),
    )


def _complete(
    delegation: Delegation, people: Sequence[entering.PersonRow], actor: User, at: datetime
) -> Delegation:
    """Add people, each with a date of birth and a portrait, which an assembly requires before submission."""
    entering.add_people(delegation, people, actor=actor, at=at, birth_date=BORN)
    for person in delegation.participants.in_order():
        _portray(person, actor, at)
    delegation.refresh_from_db()
    return delegation


def _portray(person: Participant, actor: User, at: datetime) -> None:
    services.store_upload(
        delegation=person.delegation,
        participant=person,
        kind=Upload.Kind.PHOTO,
        file=portrait(person.pk),
        actor=actor,
        at=at,
    )


def _group(
    event: Event, group: str, people: Sequence[entering.PersonRow], officer: User, at: datetime
) -> None:
    """Create one of the secretariat's own lists, entered by an officer. The press list is not yet confirmed."""
    delegation = services.add_delegation(event=event, organisation=None, group=group, actor=officer)
    delegation = _complete(delegation, people, officer, at)
    status = Status.SUBMITTED if group == Delegation.Group.PRESS else Status.CONFIRMED
    entering.bring_to(status, delegation, coordinator=officer, officer=officer, at=at)


def _afterwards(event: Event, officer: User) -> None:
    """Create a substitution, a cancellation, an extension, and requests to the secretariat after the close."""
    before_close = database_now() - timedelta(days=5)
    code, place, row = sample.SUBSTITUTED
    substitute = services.substitute_person(
        participant=_person(event, code, place),
        fields=dict(zip(entering.NAMES, row, strict=True)) | {"birth_date": BORN},
        language="es",
        actor=_coordinator(event, code),
        at=before_close,
    )
    _portray(substitute, _coordinator(event, code), before_close)
    code, place, why = sample.CANCELLED
    services.cancel_person(
        participant=_person(event, code, place), reason=why, actor=_coordinator(event, code), at=before_close
    )
    code, reason = sample.EXTENDED
    services.extend_deadline(
        delegation=_invitation(event, code),
        last_day=_extended_to(),
        reason=reason,
        actor=officer,
    )
    for code, place in sample.WITH_PASSPORT:
        _passport(event, code, place, before_close)
    entering.translate_functions(event, sample.FUNCTIONS, officer=officer)
    _requests(event)


def _passport(event: Event, code: str, place: int, at: datetime) -> None:
    """Enter the passport data that a visa-support letter needs, as the coordinator would."""
    coordinator = _coordinator(event, code)
    services.save_person(
        delegation=_of(event, code),
        person=_person(event, code, place),
        fields={
            "nationality": code,
            "passport_number": "SPECIMEN0",
            "passport_country": code,
            "passport_expires_on": event.last_day + timedelta(days=3 * 365),
            "visa_letter": True,
        },
        version=None,
        language=coordinator.language,
        actor=coordinator,
        at=at,
    )


def _requests(event: Event) -> None:
    code, why = sample.LATE
    late = _of(event, code)
    services.request_late(
        delegation=late,
        version=late.version,
        why=why,
        privacy_read=True,
        declarations=entering.all_accepted(late),
        actor=_coordinator(event, code),
    )
    code, row, why = sample.ASKS_TO_ADD
    services.request_change(
        delegation=_of(event, code),
        participant=None,
        kind="add",
        proposal=dict(zip(entering.NAMES, row, strict=True)),
        why=why,
        actor=_coordinator(event, code),
    )


def _extended_to() -> date:
    return (database_now() + timedelta(days=sample.EXTENDED_BY_DAYS)).date()


def _of(event: Event, code: str) -> Delegation:
    return event.delegations.get(organisation__code=code)


def _coordinator(event: Event, code: str) -> User:
    return _of(event, code).coordinators.get()


def _person(event: Event, code: str, place: int) -> Participant:
    return _of(event, code).participants.select_related("delegation").in_order()[place]
