"""A parliament's answer to its invitation, and its requests for a lost link."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import audit
from accounts.models import User
from events.models import Event
from jobs.clock import database_now
from jobs.dispatch import notify_workers
from jobs.models import State
from registration import mailing, rules
from registration.deadlines import Deadline
from registration.models import Delegation, Invitation, LinkRequest

RESENT_A_DAY = 3  # how often the link of one invitation is mailed again within 24 hours
ANSWERED = (Invitation.State.ACCEPTED, Invitation.State.DECLINED)
RECEIVED = (Delegation.Status.SUBMITTED, Delegation.Status.CONFIRMED)


def takes_answers(invitation: Invitation) -> bool:
    """False if the event is cancelled, postponed, unpublished or over."""
    return invitation.event.is_on


def can_change_answer(invitation: Invitation, at: datetime) -> bool:
    """True for a first answer until the event is over; for a later one only until registration closes."""
    if not takes_answers(invitation) or invitation.state not in ANSWERED:
        return takes_answers(invitation)
    deadline = Deadline.of(invitation.event, at, invitation.organisation)
    return deadline is None or deadline.is_early or deadline.is_open


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, answer: str, actor: User | None, at: datetime | None = None
) -> Invitation:
    """Record that the parliament will take part.

    No mail is sent: the desk, the admin and the audit trail show it. `answer` is the text that goes with it.
    `actor` is None for somebody who uses the personal link while the delegation has no coordinator. Repeating
    the same answer changes nothing. Raises LinkReplaced, AlreadyCoordinated, EventNotHeld, AnswerFinal.
    """
    return _answer(invitation, Invitation.State.ACCEPTED, answer, actor, at)


@transaction.atomic
def decline_invitation(
    *, invitation: Invitation, answer: str, actor: User | None, at: datetime | None = None
) -> Invitation:
    """Record that the parliament will not take part; a draft registration is kept.

    Parameters and exceptions as in `accept_invitation`. Raises also RegisteredAlready if the registration was
    submitted.
    """
    return _answer(invitation, Invitation.State.DECLINED, answer, actor, at)


@transaction.atomic
def accept_by_registering(*, delegation: Delegation, actor: User, at: datetime) -> None:
    """Record that the parliament accepts, because its delegation was submitted.

    Does nothing if it has accepted already. The caller has locked the delegation.
    """
    asked = Invitation.objects.filter(event=delegation.event_id, organisation=delegation.organisation_id)
    invitation = asked.select_for_update(no_key=True).exclude(state=Invitation.State.ACCEPTED).first()
    if invitation:
        _write(invitation, Invitation.State.ACCEPTED, "", actor, at)


@transaction.atomic
def ask_for_link(*, invitation: Invitation) -> LinkRequest:
    """Record that somebody on the event's page lost the link; a worker decides whether to send it."""
    request = LinkRequest.objects.create(invitation=invitation)
    notify_workers(request)
    return request


@transaction.atomic
def resend_link(*, request: LinkRequest, at: datetime | None = None) -> int:
    """Mail the present link to the parliament's registered contacts only; returns to how many.

    The link is not replaced, so that a stranger cannot disable a link in use. Nothing is sent if it is
    revoked, if the event is off or over, or if it was sent RESENT_A_DAY times within 24 hours.
    """
    at = at or database_now()
    invitation = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event", "organisation")
        .get(pk=request.invitation_id)
    )
    contacts = mailing.contacts_of(invitation.organisation_id) if _may_go(invitation, at) else []
    for contact in contacts:
        mailing.lost_link(invitation, contact)
    if contacts:
        audit.record(None, "invitation.link_resent", invitation, changes={"addresses": len(contacts)}, at=at)
    if not LinkRequest.objects.end(request, State.DONE, addresses=len(contacts)):
        transaction.set_rollback(True)  # the lease has ended: another worker handles this request
        return 0
    return len(contacts)


def _may_go(invitation: Invitation, at: datetime) -> bool:
    if invitation.is_revoked or not takes_answers(invitation):
        return False
    today = invitation.link_requests.filter(created_at__gt=at - timedelta(days=1), addresses__gt=0)
    return today.count() < RESENT_A_DAY


def _answer(seen: Invitation, state: str, answer: str, actor: User | None, at: datetime | None) -> Invitation:
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if invitation.token_version != seen.token_version:
        raise rules.LinkReplaced
    _require_say(invitation, state, actor)
    if (invitation.state, invitation.answer) == (state, answer):
        return invitation
    at = at or database_now()
    if not can_change_answer(invitation, at):
        raise _why_final(invitation.event)
    return _write(invitation, state, answer, actor, at)


def _require_say(invitation: Invitation, state: str, actor: User | None) -> None:
    """Raises AlreadyCoordinated if there are coordinators and the actor is neither one nor an officer.

    Raises RegisteredAlready if a submitted or confirmed delegation is to be declined.
    """
    there = Delegation.objects.of_invitation(invitation)
    delegation = there.prefetch_related("coordinators").first()
    coordinators = list(delegation.coordinators.all()) if delegation else []
    if delegation and coordinators and not (actor and (actor.is_secretariat or actor in coordinators)):
        raise rules.AlreadyCoordinated(delegation)
    if delegation and delegation.status in RECEIVED and state == Invitation.State.DECLINED:
        raise rules.RegisteredAlready


def _why_final(event: Event) -> rules.Refused:
    return rules.EventNotHeld(event) if event.is_off else rules.AnswerFinal()


def _write(invitation: Invitation, state: str, answer: str, actor: User | None, at: datetime) -> Invitation:
    invitation.state, invitation.answer, invitation.answered_at = state, answer, at
    invitation.opened_at = invitation.opened_at or at
    invitation.save(update_fields=["state", "answer", "answered_at", "opened_at"])
    changes = {"on_behalf": True} if actor and actor.is_secretariat else {}
    audit.record(actor, f"invitation.{state}", invitation, changes=changes, at=at)
    return invitation
