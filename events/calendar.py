"""The calendar file of an event (iCalendar, RFC 5545)."""

import json
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar
from icalendar import Event as Entry
from icalendar.enums import STATUS

from accounts.language import LANGUAGE_CODES
from events import texts
from events.models import Event, Session

PRODUCT = "-//Convoca//Convoca//EN"
_STATUS = {  # RFC 5545, 3.8.1.11
    Event.Status.DRAFT: STATUS.TENTATIVE,
    Event.Status.PUBLISHED: STATUS.CONFIRMED,
    Event.Status.POSTPONED: STATUS.TENTATIVE,
    Event.Status.CANCELLED: STATUS.CANCELLED,
}
_ONE_DAY = timedelta(days=1)


def event_calendar(event: Event, language: str) -> bytes:
    """Return the file in one language, with an all-day entry for the event and an entry for each session with times.

    The UID of an entry never changes (RFC 5545, 3.8.4.7); its SEQUENCE increases when copies are out of date
    (3.8.7.4). Times are in the event's time zone, whose rules are included as VTIMEZONE (3.6.5).
    """
    sessions = _timed(event)
    calendar = Calendar.new(prodid=PRODUCT, language=language, uid=_uid("calendar", event))
    calendar.add_component(_event_entry(event, language))
    for session in sessions:
        calendar.add_component(_session_entry(event, session, language))
    days = [event.first_day, event.last_day, *(session.day for session in sessions if session.day)]
    calendar.add_missing_timezones(min(days) - _ONE_DAY, max(days) + 2 * _ONE_DAY)
    return calendar.to_ical()


def file_name(event: Event, language: str) -> str:
    return f"{event.slug}-{language}.ics"


def calendar_fingerprint(event: Event) -> str:
    """Return a hash of everything that calendars must learn: dates, times, places, titles and status."""
    told = [event.status, event.first_day, event.last_day, event.zone, event.mode]
    told += _in_all_languages(event, "title", "venue", "city", "country")
    for session in _timed(event):
        told += [session.pk, session.day, session.starts, session.ends]
        told += _in_all_languages(session, "title", "room")
    return sha256(json.dumps(told, default=str).encode()).hexdigest()


def _timed(event: Event) -> list[Session]:
    return [session for session in event.sessions.all() if session.is_timed]


def _event_entry(event: Event, language: str) -> Entry:
    entry = _entry(event, _uid("event", event), language)
    _add_text(entry, "summary", texts.find(event, "title", language))
    _add_text(entry, "description", texts.find(event, "summary", language))
    _add_place(entry, language, (event, "venue"), (event, "city"), (event, "country"))
    entry.start = event.first_day
    entry.end = event.last_day + _ONE_DAY  # the end is exclusive (RFC 5545, 3.6.1)
    return entry


def _session_entry(event: Event, session: Session, language: str) -> Entry:
    entry = _entry(event, _uid("session", session), language)
    _add_text(entry, "summary", texts.find(session, "title", language))
    _add_text(entry, "description", texts.find(event, "title", language))
    _add_place(entry, language, (session, "room"), (event, "venue"), (event, "city"), (event, "country"))
    entry.start = session.starts_at
    if session.ends_at:
        entry.end = session.ends_at
    return entry


def _entry(event: Event, uid: str, language: str) -> Entry:
    """Return an entry with the common properties. Without METHOD, DTSTAMP is the last revision (3.8.7.2)."""
    with translation.override(language):
        page = settings.SITE_URL + reverse("events:detail", args=[event.slug])
    return Entry.new(
        uid=uid,
        stamp=event.calendar_stamp,
        last_modified=event.calendar_stamp,
        sequence=event.calendar_sequence,
        status=_STATUS[Event.Status(event.status)],
        url=page,
    )


def _uid(kind: str, thing: Event | Session) -> str:
    """Return a permanent UID from the primary key, because slugs can change, and the site's host name."""
    return f"{kind}-{thing.pk}@{urlsplit(settings.SITE_URL).hostname}"


def _add_text(entry: Entry, name: str, text: texts.Text) -> None:
    if text:
        entry.add(name, text.value, parameters={"LANGUAGE": text.language})


def _add_place(entry: Entry, language: str, *parts: tuple[Event | Session, str]) -> None:
    found = [texts.find(obj, field, language).value for obj, field in parts]
    if place := ", ".join(part for part in found if part):
        entry.add("location", place)


def _in_all_languages(obj: Event | Session, *fields: str) -> list[str | None]:
    return [getattr(obj, f"{field}_{code}") for field in fields for code in LANGUAGE_CODES]
