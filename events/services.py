"""Operations on events: publish, unpublish, postpone, cancel, and updates that follow from an edit."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from events.calendar import calendar_fingerprint
from events.models import Event
from events.rules import Missing, missing_facts, missing_texts, refusal_reason
from jobs.clock import database_now


class MoveRefused(Exception):
    """This change of status is not allowed. The message is a sentence for the secretariat."""


class EventIncomplete(Exception):
    """The event's page is incomplete. `missing` lists the gaps."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(_("The event cannot be published yet."))
        self.missing = missing


@transaction.atomic
def publish(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Make the event public, or end its postponement or cancellation. Raises MoveRefused, EventIncomplete."""
    return _move(event, Event.Status.PUBLISHED, "event.published", actor, at)


@transaction.atomic
def unpublish(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Make the event a draft again. Raises MoveRefused if it has invitations or delegations."""
    return _move(event, Event.Status.DRAFT, "event.unpublished", actor, at)


@transaction.atomic
def postpone(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Postpone the event: its page says so, and registration is closed. Raises MoveRefused."""
    return _move(event, Event.Status.POSTPONED, "event.postponed", actor, at)


@transaction.atomic
def cancel(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Cancel the event: its page says so, and registration is closed. Raises MoveRefused."""
    return _move(event, Event.Status.CANCELLED, "event.cancelled", actor, at)


@transaction.atomic
def keep_deadline_days(*, event: Event, former: Event) -> None:
    """Keep the days of the deadlines if the event's zone or `deadline_zone` has changed: adjust their moments.

    `former` is the event before the edit.
    """
    if (event.zone, event.deadline_zone) == (former.zone, former.deadline_zone):
        return
    for window in former.windows.all():
        days = window.first_day, window.last_day
        window.event = event
        window.set_days(*days)
        window.save(update_fields=["opens_at", "closes_at"])


@transaction.atomic
def revise_calendar(*, event: Event, former_fingerprint: str, at: datetime | None = None) -> None:
    """Revise the calendar entry if the event’s fingerprint is no longer the one before the edit."""
    if event.is_public and calendar_fingerprint(event) != former_fingerprint:
        _revise_calendar(event, at or database_now())


def _move(event: Event, status: Event.Status, verb: str, actor: User, at: datetime | None) -> Event:
    """Lock the row, then change its status, so that a concurrent change is not overwritten."""
    current = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    at = at or database_now()
    if reason := refusal_reason(current, status):
        raise MoveRefused(reason)
    if status == Event.Status.PUBLISHED:
        _require_complete(current, at)
    Event.objects.filter(pk=event.pk).update(status=status)
    event.status = status
    _revise_calendar(event, at)
    audit.record(actor, verb, event, changes={"status": [current.status, status]}, at=at)
    return event


def _require_complete(event: Event, at: datetime) -> None:
    """Raises EventIncomplete if texts or facts are missing."""
    today = at.astimezone(event.tz).date()
    if gaps := missing_texts(event, today) + missing_facts(event, today):
        raise EventIncomplete(gaps)


def _revise_calendar(event: Event, at: datetime) -> None:
    """Increase SEQUENCE, so that calendars replace their copies (RFC 5545, 3.8.7.4)."""
    Event.objects.filter(pk=event.pk).update(calendar_sequence=F("calendar_sequence") + 1, calendar_stamp=at)
    event.refresh_from_db(fields=["calendar_sequence", "calendar_stamp"])
