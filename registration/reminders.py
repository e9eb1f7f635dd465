"""Who is reminded today of what, before which deadline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.models import Event, Window
from registration import rules
from registration.deadlines import Deadline
from registration.fields import CATALOGUE, Asked, Round, Section
from registration.models import Delegation, Invitation, Participant, Reminder, SentReminder
from registration.recipients import Body, bodies

Audience, Stage = Reminder.Audience, Window.Stage

# Whose deadline counts: of these stages the first that the event has.
STAGES: dict[str, tuple[str, ...]] = {
    Audience.NOT_ANSWERED: (Stage.ACCEPT, Stage.REGISTER),
    Audience.NOT_STARTED: (Stage.REGISTER,),
    Audience.NOT_SUBMITTED: (Stage.REGISTER,),
    Audience.TRAVEL: (Stage.TRAVEL, Stage.CHANGE, Stage.REGISTER),
}
# What the secretariat is offered: to whom, how many days before.
DEFAULTS = (
    (Audience.NOT_ANSWERED, 14),
    (Audience.NOT_ANSWERED, 3),
    (Audience.NOT_STARTED, 14),
    (Audience.NOT_SUBMITTED, 7),
    (Audience.NOT_SUBMITTED, 2),
    (Audience.TRAVEL, 7),
)


@dataclass(frozen=True, slots=True)
class Due:
    """One mail of today. `covered` are all reminders that it stands for: of several due ones a body gets one mail."""

    body: Body
    invitation: Invitation
    reminder: Reminder
    covered: tuple[Reminder, ...]
    deadline: Deadline


def events_with_reminders(at: datetime) -> Iterable[Event]:
    """Public events that take place and are not over, with what `due` reads of them."""
    on = Event.objects.filter(status=Event.Status.PUBLISHED, reminders__is_on=True).distinct()
    held = on.filter(last_day__gte=(at - timedelta(days=1)).date())
    return held.prefetch_related("windows", "extensions", "asked_fields", "reminders")


def due(event: Event, at: datetime) -> list[Due]:
    """Who gets a reminder at the moment, by code, in a constant number of queries; nobody of an event that is off.

    A reminder is due from so many days before the deadline until the deadline, both as they hold for the one
    parliament, and goes out once. Who has declined, whose link was revoked before anybody acted on it, and who
    has not been sent the invitation yet, hear nothing.
    """
    switched_on = [reminder for reminder in event.reminders.all() if reminder.is_on]
    if event.status != Event.Status.PUBLISHED or not switched_on:
        return []
    sent = set(
        SentReminder.objects.filter(reminder__in=switched_on).values_list("reminder_id", "invitation_id")
    )
    travellers = _without_travel(event) if Audience.TRAVEL in {one.audience for one in switched_on} else set()
    found = (_due_of(body, switched_on, sent, travellers, at) for body in bodies(event))
    return [one for one in found if one]


def not_sent(event: Event) -> int:
    """How many invitations nobody is reminded of, because they have not gone out by mail nor been opened."""
    unsent = event.invitations.unsent()
    return unsent.filter(state=Invitation.State.ISSUED, opened_at=None, delegation=None).count()


def _due_of(
    body: Body,
    reminders: Iterable[Reminder],
    sent: set[tuple[int, int]],
    travellers: set[int],
    at: datetime,
) -> Due | None:
    invitation = body.invitation
    if invitation is None or not _is_reachable(body, invitation):
        return None
    open_ones = [
        (reminder, deadline)
        for reminder in reminders
        if (reminder.pk, invitation.pk) not in sent
        and _concerns(reminder.audience, body, travellers)
        and (deadline := _deadline(reminder, body, at))
    ]
    if not open_ones:
        return None
    reminder, deadline = min(open_ones, key=_urgency)
    return Due(body, invitation, reminder, tuple(one for one, _deadline in open_ones), deadline)


def _urgency(open_one: tuple[Reminder, Deadline]) -> tuple[int, int]:
    """First who has not even answered; of one audience the reminder nearest to the deadline."""
    reminder, _deadline = open_one
    return list(STAGES).index(reminder.audience), reminder.days_before


def _is_reachable(body: Body, invitation: Invitation) -> bool:
    if invitation.state == Invitation.State.DECLINED or not body.recipients:
        return False
    if any(not recipient.is_contact for recipient in body.recipients):
        return True  # coordinators need no link
    was_told = invitation.mailed_at or invitation.opened_at or body.delegation
    return bool(was_told) and not invitation.is_revoked


def _concerns(audience: str, body: Body, travellers: set[int]) -> bool:
    invitation, delegation = body.invitation, body.delegation
    if delegation is None:
        unanswered = invitation is not None and invitation.state in Invitation.UNANSWERED
        return audience == Audience.NOT_STARTED or (audience == Audience.NOT_ANSWERED and unanswered)
    if audience == Audience.NOT_SUBMITTED:
        return delegation.status in Delegation.EDITABLE
    return audience == Audience.TRAVEL and delegation.pk in travellers


def _deadline(reminder: Reminder, body: Body, at: datetime) -> Deadline | None:
    """The deadline, when the reminder's days before it have begun and it is not over."""
    event = body.subject.event
    kept = (Deadline.of(event, at, body.organisation, stage) for stage in STAGES[reminder.audience])
    deadline = next(filter(None, kept), None)
    if deadline is None or not deadline.is_open:
        return None
    begins = deadline.window.closes_at - timedelta(days=reminder.days_before)
    return deadline if begins <= at else None


def _without_travel(event: Event) -> set[int]:
    """Delegations with somebody who comes and has not said how."""
    people = Participant.objects.with_status(*Participant.HOLDS_PLACE)
    coming = event.delegations.exclude(status__in=Delegation.ENDED).filter(participants__in=people)
    asked = Asked(event)
    return {
        delegation.pk for delegation in coming.distinct().with_terms() if any(_lacking(delegation, asked))
    }


def _lacking(delegation: Delegation, asked: Asked) -> Iterator[Participant]:
    """Who comes and lacks a required field of the travel round, or everything about the journey."""
    people = [person for person in delegation.participants.all() if person.holds_place]
    of_round = {name for name, row in asked.rows.items() if row.round == Round.TRAVEL}
    journey = [
        name for name in of_round if CATALOGUE[name].section == Section.JOURNEY and name != "attendance"
    ]
    demanded = {verdict.person for verdict in rules.judge(delegation, people) if verdict.field in of_round}
    for person in people:
        is_silent = journey and not any(getattr(person, name) for name in journey)
        if person.pk in demanded or (is_silent and not _stays_home(delegation.event, person)):
            yield person


def _stays_home(event: Event, person: Participant) -> bool:
    return event.mode == Event.Mode.ONLINE or person.attendance == Participant.Attendance.ONLINE
