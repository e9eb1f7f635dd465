"""Send reminders to delegations that have not yet done what an event asks of them."""

import logging
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from events.models import Event
from jobs.clock import database_now
from registration import mailing, reminders
from registration.models import Invitation, Reminder, SentReminder

logger = logging.getLogger(__name__)


def remind(*, at: datetime | None = None) -> int:
    """Send every due reminder; returns the number of bodies reminded. Repeated and parallel runs are safe.

    Each body is a transaction of its own, so that one failure does not stop the others; the next run retries
    it.
    """
    at, reminded = at or database_now(), 0
    for event in reminders.events_with_reminders(at):
        for due in reminders.due_reminders(event, at):
            try:
                reminded += send_reminder(due=due, at=at)
            except Exception:
                logger.exception("reminder %s of event %s", due.reminder.pk, event.pk)
    return reminded


@transaction.atomic
def send_reminder(*, due: reminders.DueReminder, at: datetime) -> bool:
    """Write the mails of one reminder; returns whether it was still due.

    False if another process sent it, or the invitation was answered or its link replaced in the meantime.
    """
    seen = due.invitation
    held = Invitation.objects.select_for_update(no_key=True).filter(pk=seen.pk)
    invitation = held.filter(state=seen.state, token_version=seen.token_version).first()
    if invitation is None:
        return False
    done = [
        SentReminder.objects.get_or_create(reminder=reminder, invitation=invitation, defaults={"at": at})
        for reminder in due.covered
    ]
    if not all(is_new for _row, is_new in done):
        return False
    for recipient in due.body.recipients:
        mailing.reminder(due, recipient)
    changes = {"addresses": len(due.body.recipients), "audience": due.reminder.audience}
    audit.record(None, "invitation.reminded", invitation, changes=changes, at=at)
    return True


@transaction.atomic
def add_default_reminders(*, event: Event, actor: User) -> int:
    """Add the missing reminders of `reminders.DEFAULTS` to the event; returns how many were added."""
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    there = set(event.reminders.values_list("audience", "days_before"))
    fresh = [
        Reminder(event=event, audience=audience, days_before=days)
        for audience, days in reminders.DEFAULTS
        if (audience, days) not in there
    ]
    Reminder.objects.bulk_create(fresh)
    if fresh:
        audit.record(actor, "reminders.added", event, changes={"number": len(fresh)})
    return len(fresh)
