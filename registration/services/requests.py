"""Requests of a delegation after a deadline, and the answers of the secretariat."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from jobs.clock import database_now
from registration import mailing, rules
from registration.deadlines import Deadline, OutsideWindow, require_taking_place
from registration.editing import EditingClosed, EditMode
from registration.fields import CATALOGUE
from registration.models import ChangeRequest, Delegation, Participant
from registration.services.answers import accept_by_registering
from registration.services.capacity import Counters, lock_event_of
from registration.services.delegations import (
    NobodyChosen,
    accept_terms,
    blocking_verdicts,
    drafts_to_submit,
    lock_with_terms,
    require_version,
    submit_people,
)
from registration.services.parts import save_details
from registration.services.people import cancel_without_mail, lock_delegation, on_behalf, save_person
from registration.services.persons import substitute_person

Kind, State = ChangeRequest.Kind, ChangeRequest.State


class WhyMissing(rules.Refused):
    """The request gives no reason."""

    sentence = gettext_lazy("Write why: the secretariat bases its decision on it.")


class StillOpen(rules.Refused):
    """The deadline has not passed: the coordinator can do this without a request."""

    sentence = gettext_lazy(
        "Nothing was asked for: the deadline has not passed. You can submit the registration yourself."
    )


class AlreadyAsked(rules.Refused):
    """The same request is waiting for an answer."""

    sentence = gettext_lazy(
        "Nothing was sent: you have asked for this already, and the secretariat has not answered yet."
    )


class AlreadyAnswered(rules.Refused):
    """The request was answered or taken back, or its draft was deleted."""

    sentence = gettext_lazy("Nothing was changed: this request has been answered or taken back meanwhile.")


class ProposalStale(rules.Refused):
    """A field that the request would change was changed after the request was made."""

    sentence = gettext_lazy(
        "Nothing was changed: the registration has been changed since this was asked for. "
        "Refuse the request, and say what to ask for now."
    )


@transaction.atomic
def request_late(
    *,
    delegation: Delegation,
    version: int,
    why: str,
    privacy_read: bool,
    declarations: Mapping[int, bool] | None = None,
    actor: User,
    at: datetime | None = None,
) -> ChangeRequest:
    """Ask the secretariat to accept the whole draft after the deadline; the coordinators get a receipt.

    Raises WhyMissing, WrongStatus, NobodyChosen, VersionChanged, EventNotHeld, EditingClosed (the event is
    over), OutsideWindow (too early), StillOpen, AlreadyAsked, Incomplete, PrivacyNotRead, DeclarationMissing.
    """
    delegation = lock_with_terms(delegation)
    everybody = list(delegation.participants.in_order())
    drafts = drafts_to_submit(delegation, everybody, None)
    require_version(delegation, version)
    at = at or database_now()
    _require_late(delegation, drafts, at)
    if missing := blocking_verdicts(delegation, everybody, drafts):
        raise rules.Incomplete(missing)
    accept_terms(delegation, privacy_read, declarations or {}, actor, at)
    delegation.save(update_fields=["privacy_read_at"])
    return _ask(delegation, None, Kind.LATE, {}, why, actor, at)


def _require_late(delegation: Delegation, drafts: list[Participant], at: datetime) -> None:
    """Raises EventNotHeld, EditingClosed, NobodyChosen, StillOpen, OutsideWindow, AlreadyAsked."""
    require_taking_place(delegation.event)
    if delegation.event.is_over:
        raise EditingClosed(EditMode.CLOSED)
    if not drafts:
        raise NobodyChosen
    deadlines = [
        Deadline.of(delegation.event, at, delegation.organisation, category=category)
        for category in sorted({person.category for person in drafts})
    ]
    if all(deadline and deadline.is_open for deadline in deadlines):
        raise StillOpen
    if early := [deadline for deadline in deadlines if deadline is None or deadline.is_early]:
        raise OutsideWindow(early[0])
    if delegation.requests.pending().late().exists():
        raise AlreadyAsked


@transaction.atomic
def request_change(
    *,
    delegation: Delegation,
    participant: Participant | None,
    kind: str,
    proposal: Mapping[str, object],
    why: str,
    language: str = "en",
    actor: User,
    at: datetime | None = None,
) -> ChangeRequest:
    """Ask for one change: to a person, an added, removed or substituted person, or the details.

    `proposal` holds fields as `save_person` and `save_details` take them: the changed fields of an edit, or
    those of the new person of an addition or substitution. To add a draft, pass it as `participant`. Raises
    WhyMissing, EditingClosed, UnknownPerson, AlreadyAsked.
    """
    delegation, at = lock_delegation(delegation), at or database_now()
    if not delegation.takes_changes:
        raise EditingClosed(EditMode.CLOSED)
    person = delegation.participants.filter(pk=participant.pk).first() if participant else None
    if (participant and not person) or not (person or kind in {Kind.ADD, Kind.DETAILS}):
        raise rules.UnknownPerson
    if person and not person.is_present:
        raise EditingClosed(EditMode.CLOSED)
    same = delegation.requests.pending().filter(participant=person, kind=kind)
    if (person or kind == Kind.DETAILS) and same.exists():
        raise AlreadyAsked
    subject = ChangeRequest(delegation=delegation, participant=person, kind=kind).subject
    asked: dict[str, object] = {
        "fields": {name: _stored(name, value) for name, value in proposal.items()},
        "before": {name: _stored(name, getattr(subject, name)) for name in proposal if subject},
        "language": language,
    }
    return _ask(delegation, person, kind, asked, why, actor, at)


@transaction.atomic
def answer_request(
    *,
    request: ChangeRequest,
    accept: bool,
    answer: str,
    version: int | None = None,
    actor: User,
    at: datetime | None = None,
) -> ChangeRequest:
    """Accept a request and make the change at once, or refuse it; the coordinators get the answer by mail.

    `version` is the delegation's version on the officer's page. Raises AlreadyAnswered, VersionChanged,
    ReasonMissing, ProposalStale, and whatever the change itself raises.
    """
    delegation = lock_delegation(request.delegation)
    request = _pending(request, delegation)
    if version is not None:
        require_version(delegation, version)
    at = at or database_now()
    submitted, waiting = _apply(request, actor, at) if accept else (0, 0)
    if not accept and not answer:
        raise rules.ReasonMissing
    request.state = State.ACCEPTED if accept else State.REFUSED
    _close(request, answer, actor, at)
    verb = "request.accepted" if accept else "request.refused"
    audit.record(actor, verb, delegation, changes={"kind": request.kind, "reason": answer}, at=at)
    mailing.request_answered(request, submitted=submitted, waiting=waiting)
    return request


@transaction.atomic
def take_back(*, request: ChangeRequest, actor: User, at: datetime | None = None) -> ChangeRequest:
    """Withdraw a pending request. Raises AlreadyAnswered."""
    delegation = lock_delegation(request.delegation)
    request = _pending(request, delegation)
    at = at or database_now()
    request.state = State.TAKEN_BACK
    _close(request, "", actor, at)
    changes = {"kind": request.kind} | on_behalf(delegation, actor)
    audit.record(actor, "request.taken_back", delegation, changes=changes, at=at)
    return request


def proposed_values(request: ChangeRequest) -> dict[str, Any]:
    """The requested values by field, as `save_person` or `save_details` takes them."""
    fields = request.proposal.get("fields", {})
    return {name: _value(request.delegation, name, value) for name, value in fields.items()}


def is_stale(request: ChangeRequest) -> bool:
    """True if a field that the request edits was changed after the request was made."""
    before = request.proposal.get("before", {})
    return any(_stored(name, getattr(request.subject, name)) != value for name, value in before.items())


def _ask(
    delegation: Delegation,
    person: Participant | None,
    kind: str,
    proposal: dict[str, object],
    why: str,
    actor: User,
    at: datetime,
) -> ChangeRequest:
    if not why:
        raise WhyMissing
    request = ChangeRequest.objects.create(
        delegation=delegation,
        participant=person,
        kind=kind,
        proposal=proposal,
        why=why,
        asked_by=actor,
        asked_at=at,
    )
    changes = {"kind": kind} | on_behalf(delegation, actor)
    audit.record(actor, "request.made", delegation, changes=changes, at=at)
    mailing.request_received(request)
    return request


def _pending(request: ChangeRequest, delegation: Delegation) -> ChangeRequest:
    """The present row of a pending request of a locked delegation. Raises AlreadyAnswered."""
    current = delegation.requests.pending().select_related("participant").filter(pk=request.pk).first()
    if current is None:
        raise AlreadyAnswered
    current.delegation = delegation
    return current


def _close(request: ChangeRequest, answer: str, actor: User, at: datetime) -> None:
    request.answer, request.answered_by, request.answered_at = answer, actor, at
    request.proposal = {}
    request.save(update_fields=["state", "answer", "answered_by", "answered_at", "proposal"])


def _apply(request: ChangeRequest, actor: User, at: datetime) -> tuple[int, int]:
    """Make the requested change with the ordinary services.

    Returns the number of people that it submits and the number that it puts on the waiting list.
    """
    if is_stale(request):
        raise ProposalStale
    delegation, person = request.delegation, request.participant
    fields, language = proposed_values(request), request.proposal.get("language", "en")
    if request.kind == Kind.DETAILS:
        save_details(delegation=delegation, fields=fields, version=None, actor=actor, at=at)
    elif request.kind == Kind.CANCEL and person:
        cancel_without_mail(participant=person, reason=request.why, actor=actor, at=at)
    elif request.kind == Kind.SUBSTITUTE and person:
        person = substitute_person(participant=person, fields=fields, language=language, actor=actor, at=at)
        return _count([person])
    elif request.kind != Kind.LATE and fields:
        person = save_person(
            delegation=delegation,
            person=person,
            fields=fields,
            version=None,
            language=language,
            actor=actor,
            at=at,
        )
    if request.kind in {Kind.LATE, Kind.ADD}:
        return _let_in(delegation, person if request.kind == Kind.ADD else None, actor, at)
    return 0, 0


def _let_in(delegation: Delegation, person: Participant | None, actor: User, at: datetime) -> tuple[int, int]:
    """Submit one person, or all drafts, regardless of the deadline.

    Returns the same two numbers as `_apply`.
    """
    delegation.refresh_from_db()
    counters = Counters.lock(lock_event_of(delegation))
    require_taking_place(delegation.event)
    everybody = list(delegation.participants.in_order())
    entering = drafts_to_submit(delegation, everybody, [person.pk] if person else None)
    if missing := blocking_verdicts(delegation, everybody, entering):
        raise rules.Incomplete(missing)
    submitted, waiting = submit_people(delegation, everybody, entering, counters, at)
    accept_by_registering(delegation=delegation, actor=actor, at=at)
    return len(submitted), len(waiting)


def _count(people: list[Participant]) -> tuple[int, int]:
    waiting = sum(person.status == Participant.Status.WAITLISTED for person in people)
    return len(people) - waiting, waiting


def _stored(name: str, value: object) -> object:
    """The value in a form that JSON can hold."""
    if isinstance(value, Participant):
        return value.pk
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def _value(delegation: Delegation, name: str, value: Any) -> Any:
    """The value in the type of its field."""
    if name == "accompanies":
        return delegation.participants.filter(pk=value).first()
    return CATALOGUE[name].column.to_python(value)
