"""Submit, confirm, return, reject, withdraw and reopen a delegation together with its people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from events.models import Window
from jobs.clock import database_now
from registration import mailing, rules
from registration.deadlines import Deadline, OutsideWindow, require_taking_place
from registration.models import Acceptance, Delegation, Participant
from registration.services.answers import accept_by_registering
from registration.services.capacity import (
    Counters,
    assign_places,
    give_up_places,
    lock_event_of,
    update_people,
)
from registration.services.people import lock_delegation, on_behalf
from registration.services.terms import extend_without_mail

Stage = Window.Stage
Status = Delegation.Status
Person = Participant.Status


class DeclarationMissing(rules.Refused):
    """The coordinator did not accept a declaration that the event requires."""

    sentence = gettext_lazy("Read the declarations and tick the boxes before you submit.")


class NobodyChosen(rules.Refused):
    """No person was chosen to whom the action can apply."""

    sentence = gettext_lazy("Nothing was changed: choose at least one person.")


@dataclass(frozen=True, slots=True)
class Submission:
    """The result of a submission; `left_out` are the people whose deadline is over."""

    delegation: Delegation
    submitted: Sequence[Participant]
    waiting: Sequence[Participant]
    left_out: Sequence[Participant]


@transaction.atomic
def submit_delegation(
    *,
    delegation: Delegation,
    version: int,
    people: Collection[int] | None = None,
    privacy_read: bool,
    declarations: Mapping[int, bool] | None = None,
    actor: User,
    at: datetime | None = None,
) -> Submission:
    """Submit all drafts, or those chosen by key, to the secretariat; the coordinators get a receipt.

    `declarations` maps the key of each declaration to whether it is accepted. `at` defaults to the database
    clock, read after the locks. Deadlines do not bind the secretariat. Raises WrongStatus, VersionChanged,
    NobodyChosen, EventNotHeld, OutsideWindow, Incomplete, PrivacyNotRead, DeclarationMissing.
    """
    delegation = lock_with_terms(delegation)
    everybody = list(delegation.participants.in_order())
    chosen = drafts_to_submit(delegation, everybody, people)
    require_version(delegation, version)
    missing = blocking_verdicts(
        delegation, everybody, chosen
    )  # before the event is locked: other requests wait for it
    counters = Counters.lock(lock_event_of(delegation))
    at = at or database_now()
    admitted, left_out = split_by_deadline(delegation, chosen, at, actor)
    if left_out:
        missing = blocking_verdicts(delegation, everybody, admitted)
    if missing:
        raise rules.Incomplete(missing)
    accept_terms(delegation, privacy_read, declarations or {}, actor, at)
    submitted, waiting = submit_people(delegation, everybody, admitted, counters, at)
    changes = {"version": delegation.version, "people": len(submitted), "waiting": len(waiting)}
    audit.record(
        actor, "delegation.submitted", delegation, changes=changes | on_behalf(delegation, actor), at=at
    )
    accept_by_registering(delegation=delegation, actor=actor, at=at)
    mailing.receipt(delegation, submitted=len(submitted), waiting=len(waiting))
    return Submission(delegation, submitted, waiting, left_out)


def drafts_to_submit(
    delegation: Delegation, everybody: Iterable[Participant], people: Collection[int] | None
) -> list[Participant]:
    """The drafts to be submitted: all, or those with these keys.

    Raises WrongStatus if nothing is left to submit, NobodyChosen.
    """
    drafts = [person for person in everybody if person.status == Person.DRAFT]
    if delegation.has_ended or not (drafts or delegation.is_editable):
        raise rules.WrongStatus(delegation)
    chosen = [person for person in drafts if people is None or person.pk in people]
    if drafts and not chosen:
        raise NobodyChosen
    return chosen


def require_version(delegation: Delegation, version: int) -> None:
    """Raises VersionChanged if somebody has changed the delegation after the page was opened."""
    if delegation.version != version:
        raise rules.VersionChanged


def split_by_deadline(
    delegation: Delegation, chosen: Sequence[Participant], at: datetime, actor: User
) -> tuple[list[Participant], list[Participant]]:
    """The people who can be submitted at `at`, and those whose category is closed.

    Raises EventNotHeld, and OutsideWindow if every category is closed.
    """
    require_taking_place(delegation.event)
    if actor.is_secretariat:
        return list(chosen), []
    categories: set[str] = {person.category for person in chosen} or {""}
    deadlines = {
        category: Deadline.of(delegation.event, at, delegation.organisation, category=category)
        for category in sorted(categories)
    }
    is_open = {category: bool(deadline and deadline.is_open) for category, deadline in deadlines.items()}
    if not any(is_open.values()):
        raise OutsideWindow(next(iter(deadlines.values())))
    admitted = [person for person in chosen if is_open[person.category]]
    return admitted, [person for person in chosen if not is_open[person.category]]


def lock_with_terms(delegation: Delegation) -> Delegation:
    """The locked delegation with the event and organisation already fetched, to save queries."""
    current = lock_delegation(delegation)
    current.event, current.organisation = delegation.event, delegation.organisation
    return current


def blocking_verdicts(
    delegation: Delegation, everybody: Iterable[Participant], entering: Collection[Participant]
) -> list[rules.Verdict]:
    """What blocks the submission of a delegation made up of its registered people and `entering`."""
    people = [person for person in everybody if person.status != Person.DRAFT or person in entering]
    return rules.blocking(rules.judge(delegation, people))


def accept_terms(
    delegation: Delegation, privacy_read: bool, answers: Mapping[int, bool], actor: User, at: datetime
) -> None:
    """Store the acceptances with version, user and time. Raises PrivacyNotRead, DeclarationMissing.

    Sets `delegation.privacy_read_at`; the caller saves it.
    """
    if not privacy_read:
        raise rules.PrivacyNotRead
    declarations = delegation.event.declarations.all()
    if any(declaration.is_required and not answers.get(declaration.pk) for declaration in declarations):
        raise DeclarationMissing
    delegation.privacy_read_at = at
    Acceptance.objects.bulk_create(
        Acceptance(
            delegation=delegation,
            declaration=declaration,
            version=declaration.version,
            accepted=answers.get(declaration.pk, False),
            user=actor,
            at=at,
        )
        for declaration in declarations
    )


def submit_people(
    delegation: Delegation,
    everybody: Iterable[Participant],
    entering: Sequence[Participant],
    counters: Counters,
    at: datetime,
) -> tuple[list[Participant], list[Participant]]:
    """Submit a locked delegation and these people; returns those submitted and those on the waiting list.

    Deletes people who were removed before they were ever submitted, and closes a pending late request.
    """
    removed = [
        person.pk for person in everybody if person.status == Person.CANCELLED and person.submitted_at is None
    ]
    if removed:
        delegation.participants.filter(pk__in=removed).delete()
    delegation.requests.pending().late().take_back(at)
    submitted, waiting = assign_places(entering, counters, at)
    since = delegation.submitted_at if delegation.status == Status.SUBMITTED else at
    change_status(
        delegation,
        Status.SUBMITTED,
        submitted_at=since,
        privacy_read_at=delegation.privacy_read_at,
        reason="",
    )
    return submitted, waiting


@transaction.atomic
def confirm_delegation(
    *,
    delegation: Delegation,
    version: int,
    people: Collection[int] | None = None,
    actor: User,
    at: datetime | None = None,
) -> Delegation:
    """Confirm all submitted people, or those chosen by key; the coordinators get a mail.

    The delegation is confirmed once no submitted person is left. `version` is that of the officer's page.
    Raises WrongStatus, VersionChanged, NobodyChosen.
    """
    delegation = lock_delegation(delegation)
    if delegation.status != Status.SUBMITTED:
        raise rules.WrongStatus(delegation)
    require_version(delegation, version)
    at = at or database_now()
    everybody = list(delegation.participants.in_order())
    submitted = [person for person in everybody if person.status == Person.SUBMITTED]
    chosen = [person for person in submitted if people is None or person.pk in people]
    if not chosen and (submitted or not any(person.status == Person.CONFIRMED for person in everybody)):
        raise NobodyChosen
    update_people(chosen, status=Person.CONFIRMED, confirmed_at=at, confirmed_identity=None)
    left = len(submitted) - len(chosen)
    if left:
        change_status(delegation, Status.SUBMITTED)
    else:
        change_status(delegation, Status.CONFIRMED, confirmed_at=at)
    changes = {"version": delegation.version, "people": len(chosen)}
    audit.record(actor, "delegation.confirmed", delegation, changes=changes, at=at)
    mailing.confirmed(delegation, people=len(chosen), left=left)
    return delegation


@transaction.atomic
def return_delegation(
    *,
    delegation: Delegation,
    version: int,
    reason: str,
    last_day: date | None = None,
    actor: User,
    at: datetime | None = None,
) -> Delegation:
    """Return the delegation to its coordinators for changes; the mail gives the reason.

    Submitted and waitlisted people become drafts, confirmed people stay confirmed. With `last_day`,
    registration stays open for this delegation until the end of that day. Raises ReasonMissing, WrongStatus,
    VersionChanged, NotLater.
    """
    if not reason:
        raise rules.ReasonMissing
    delegation = _locked_for(delegation, version, Status.RETURNED)
    at = at or database_now()
    _to_draft(delegation, at, Person.SUBMITTED, Person.WAITLISTED)
    change_status(delegation, Status.RETURNED, reason=reason, confirmed_at=None, returned_at=at)
    audit.record(actor, "delegation.returned", delegation, changes={"version": delegation.version}, at=at)
    if last_day:
        extend_without_mail(
            delegation, stage=Stage.REGISTER, last_day=last_day, reason=reason[:300], actor=actor, at=at
        )
    mailing.returned(delegation)
    return delegation


@transaction.atomic
def reject_delegation(
    *, delegation: Delegation, version: int, reason: str, actor: User, at: datetime | None = None
) -> Delegation:
    """Reject the delegation; the mail to the coordinators gives the reason.

    Raises ReasonMissing, WrongStatus, VersionChanged.
    """
    if not reason:
        raise rules.ReasonMissing
    delegation = _ended(delegation, version, Status.REJECTED, reason, at)
    audit.record(actor, "delegation.rejected", delegation, changes={"version": delegation.version})
    mailing.rejected(delegation)
    return delegation


@transaction.atomic
def withdraw_delegation(
    *, delegation: Delegation, version: int, actor: User, at: datetime | None = None
) -> Delegation:
    """Withdraw the delegation; its data is kept. Raises WrongStatus, VersionChanged."""
    delegation = _ended(delegation, version, Status.WITHDRAWN, "", at)
    changes = {"version": delegation.version} | on_behalf(delegation, actor)
    audit.record(actor, "delegation.withdrawn", delegation, changes=changes)
    mailing.withdrawn(delegation)
    return delegation


@transaction.atomic
def reopen_delegation(*, delegation: Delegation, version: int, actor: User) -> Delegation:
    """Reopen a withdrawn delegation; only the secretariat may reopen a rejected one.

    The coordinators get a mail if the secretariat does it. Raises WrongStatus, VersionChanged.
    """
    status = Status.DRAFT if delegation.status == Status.WITHDRAWN else Status.RETURNED
    if status == Status.RETURNED and not actor.is_secretariat:
        raise rules.WrongStatus(delegation)
    delegation = _locked_for(delegation, version, status, *Delegation.ENDED)
    change_status(delegation, status)
    changes = {"version": delegation.version} | on_behalf(delegation, actor)
    audit.record(actor, "delegation.reopened", delegation, changes=changes)
    if actor.is_secretariat:
        mailing.reopened(delegation)
    return delegation


def change_status(delegation: Delegation, status: str, **values: object) -> None:
    """Set the status and these values, and increment the version.

    Raises WrongStatus if the table of moves does not allow the status.
    """
    if status != delegation.status and not delegation.can_become(status):
        raise rules.WrongStatus(delegation)
    delegation.status = status
    delegation.version += 1
    for name, value in values.items():
        setattr(delegation, name, value)
    delegation.save(update_fields=["status", "version", *values])


def _locked_for(delegation: Delegation, version: int, status: str, *of: str) -> Delegation:
    """The locked delegation, if it can move to this status. Raises WrongStatus, VersionChanged."""
    current = lock_delegation(delegation)
    if not current.can_become(status) or (of and current.status not in of):
        raise rules.WrongStatus(current)
    require_version(current, version)
    return current


def _ended(delegation: Delegation, version: int, status: str, reason: str, at: datetime | None) -> Delegation:
    """End the delegation: people become drafts, places become free, pending requests are closed."""
    delegation = _locked_for(delegation, version, status)
    at = at or database_now()
    _to_draft(delegation, at, Person.SUBMITTED, Person.WAITLISTED, Person.CONFIRMED)
    delegation.requests.pending().take_back(at)
    change_status(delegation, status, reason=reason, confirmed_at=None)
    return delegation


def _to_draft(delegation: Delegation, at: datetime, *statuses: str) -> None:
    """Turn people of these statuses into drafts; their places go to the waiting list."""
    people = delegation.participants.with_status(*statuses).in_order()
    give_up_places(delegation, people, Person.DRAFT, at=at, confirmed_identity=None)
