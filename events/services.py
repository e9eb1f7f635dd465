"""What can be done to an event: publish, unpublish, postpone, cancel, and keep what was edited consistent."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from events.calendar import calendar_fingerprint
from events.models import Event
from events.rules import Missing, missing_facts, missing_texts, refusal
from jobs.clock import database_now


class MoveRefused(Exception):
    """The event's status cannot change like this. Its text is a sentence for the secretariat."""


class EventIncomplete(Exception):
    """The page would have gaps; `missing` names each of them."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(_("The event cannot be published yet."))
        self.missing = missing


@transaction.atomic
def publish(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Show the event to everybody: for the first time, or again. Raises MoveRefused, EventIncomplete.

    Also takes a postponement or a cancellation back.
    """
    return _move(event, Event.Status.PUBLISHED, "event.published", actor, at)


@transaction.atomic
def unpublish(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Take the event's page off the site. Raises MoveRefused once somebody outside knows its address."""
    return _move(event, Event.Status.DRAFT, "event.unpublished", actor, at)


@transaction.atomic
def postpone(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Say on the page that the event will be held later; registration closes. Raises MoveRefused."""
    return _move(event, Event.Status.POSTPONED, "event.postponed", actor, at)


@transaction.atomic
def cancel(*, event: Event, actor: User, at: datetime | None = None) -> Event:
    """Say on the page that the event will not be held; registration closes. Raises MoveRefused."""
    return _move(event, Event.Status.CANCELLED, "event.cancelled", actor, at)


@transaction.atomic
def keep_days(*, event: Event, was: Event) -> None:
    """Let the deadlines keep their days when the event's zone, or how its days end, has been edited.

    `was` is the event before the edit.
    """
    if (event.zone, event.deadline_zone) == (was.zone, was.deadline_zone):
        return
    for window in was.windows.all():
        days = window.first_day, window.last_day
        window.event = event
        window.set_days(*days)
        window.save(update_fields=["opens_at", "closes_at"])


@transaction.atomic
def tell_calendars(*, event: Event, told: str, at: datetime | None = None) -> None:
    """Revise the calendar entry when it no longer says what people hold; `told` is its former fingerprint."""
    if event.is_public and calendar_fingerprint(event) != told:
        _revise_calendar(event, at or database_now())


def _move(event: Event, status: Event.Status, verb: str, actor: User, at: datetime | None) -> Event:
    """Change the status of the row as it is now, whoever else changes it in the same moment."""
    current = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    at = at or database_now()
    if reason := refusal(current, status):
        raise MoveRefused(reason)
    if status == Event.Status.PUBLISHED:
        _require_complete(current, at)
    Event.objects.filter(pk=event.pk).update(status=status)
    event.status = status
    _revise_calendar(event, at)
    audit.record(actor, verb, event, changes={"status": [current.status, status]}, at=at)
    return event


def _require_complete(event: Event, at: datetime) -> None:
    """Raises EventIncomplete."""
    today = at.astimezone(event.tz).date()
    if gaps := missing_texts(event, today) + missing_facts(event, today):
        raise EventIncomplete(gaps)


def _revise_calendar(event: Event, at: datetime) -> None:
    """RFC 5545, 3.8.7.4: a copy with a higher SEQUENCE replaces the one people hold."""
    Event.objects.filter(pk=event.pk).update(calendar_sequence=F("calendar_sequence") + 1, calendar_stamp=at)
    event.refresh_from_db(fields=["calendar_sequence", "calendar_stamp"])
