"""Which reminders are due, for whom and before which deadline."""

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

# The deadline that counts is that of the first of these stages that the event has.
STAGES: dict[str, tuple[str, ...]] = {
    Audience.NOT_ANSWERED: (Stage.ACCEPT, Stage.REGISTER),
    Audience.NOT_STARTED: (Stage.REGISTER,),
    Audience.NOT_SUBMITTED: (Stage.REGISTER,),
    Audience.TRAVEL: (Stage.TRAVEL, Stage.CHANGE, Stage.REGISTER),
}
# The reminders offered to the secretariat: audience and days before the deadline.
DEFAULTS = (
    (Audience.NOT_ANSWERED, 14),
    (Audience.NOT_ANSWERED, 3),
    (Audience.NOT_STARTED, 14),
    (Audience.NOT_SUBMITTED, 7),
    (Audience.NOT_SUBMITTED, 2),
    (Audience.TRAVEL, 7),
)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One reminder mail that is due.

    `covered` are all due reminders of the body: it gets one mail for them.
    """

    body: Body
    invitation: Invitation
    reminder: Reminder
    covered: tuple[Reminder, ...]
    deadline: Deadline


def events_with_reminders(at: datetime) -> Iterable[Event]:
    """Published events that are not over, with the rows that `due_reminders` reads."""
    on = Event.objects.filter(status=Event.Status.PUBLISHED, reminders__is_on=True).distinct()
    held = on.filter(last_day__gte=(at - timedelta(days=1)).date())
    return held.prefetch_related("windows", "extensions", "asked_fields", "reminders")


def due_reminders(event: Event, at: datetime) -> list[DueReminder]:
    """The reminders due at `at`, by code of the body, in a constant number of queries.

    A reminder is due from a number of days before the deadline until the deadline, both as they apply to this
    body, and is sent once. Bodies that declined get none, nor those whose link was revoked before they used
    it, nor those that have not yet received the invitation.
    """
    switched_on = [reminder for reminder in event.reminders.all() if reminder.is_on]
    if event.status != Event.Status.PUBLISHED or not switched_on:
        return []
    sent = set(
        SentReminder.objects.filter(reminder__in=switched_on).values_list("reminder_id", "invitation_id")
    )
    travellers = (
        _without_travel(event)
        if Audience.TRAVEL in {reminder.audience for reminder in switched_on}
        else set()
    )
    per_body = (_due_of(body, switched_on, sent, travellers, at) for body in bodies(event))
    return [reminder for reminder in per_body if reminder]


def count_without_reminder(event: Event) -> int:
    """The number of invitations that get no reminder because they were neither mailed nor opened."""
    unsent = event.invitations.unsent()
    return unsent.filter(state=Invitation.State.ISSUED, opened_at=None, delegation=None).count()


def _due_of(
    body: Body,
    reminders: Iterable[Reminder],
    sent: set[tuple[int, int]],
    travellers: set[int],
    at: datetime,
) -> DueReminder | None:
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
    return DueReminder(
        body, invitation, reminder, tuple(covered for covered, _deadline in open_ones), deadline
    )


def _urgency(open_one: tuple[Reminder, Deadline]) -> tuple[int, int]:
    """Sort key: audiences that have not answered first, then the reminder nearest to the deadline."""
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
    """The deadline, if it is not over and the reminder's days before it have begun."""
    event = body.subject.event
    kept = (Deadline.of(event, at, body.organisation, stage) for stage in STAGES[reminder.audience])
    deadline = next(filter(None, kept), None)
    if deadline is None or not deadline.is_open:
        return None
    begins = deadline.window.closes_at - timedelta(days=reminder.days_before)
    return deadline if begins <= at else None


def _without_travel(event: Event) -> set[int]:
    """Keys of the delegations with a person who comes but has not given travel details."""
    people = Participant.objects.with_status(*Participant.HOLDS_PLACE)
    coming = event.delegations.exclude(status__in=Delegation.ENDED).filter(participants__in=people)
    asked = Asked(event)
    return {
        delegation.pk for delegation in coming.distinct().with_terms() if any(_lacking(delegation, asked))
    }


def _lacking(delegation: Delegation, asked: Asked) -> Iterator[Participant]:
    """People who come but lack a required field of the travel round, or all details of the journey."""
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
