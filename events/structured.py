"""The data of an event for search engines (schema.org/Event, JSON-LD)."""

from typing import Any

from django.conf import settings

from events import texts
from events.models import Event

_SCHEMA = "https://schema.org/"
_STATUS = {Event.Status.POSTPONED: "EventPostponed", Event.Status.CANCELLED: "EventCancelled"}
_MODE = {
    Event.Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Event.Mode.ONLINE: "OnlineEventAttendanceMode",
    Event.Mode.HYBRID: "MixedEventAttendanceMode",
}


def event_data(event: Event, language: str) -> dict[str, Any]:
    """Return the event's data without empty values. A missing text is taken from the other language."""
    data = {
        "@context": _SCHEMA,
        "@type": "Event",
        "name": texts.find(event, "title", language).value,
        "description": texts.find(event, "summary", language).value,
        "startDate": event.first_day.isoformat(),
        "endDate": event.last_day.isoformat(),
        "eventStatus": _SCHEMA + _STATUS.get(Event.Status(event.status), "EventScheduled"),
        "eventAttendanceMode": _SCHEMA + _MODE[Event.Mode(event.mode)],
        "inLanguage": event.working_languages.split(",") if event.working_languages else (),
        "location": _locations(event, language),
    }
    return {name: value for name, value in data.items() if value}


def _locations(event: Event, language: str) -> list[dict[str, Any]]:
    page = settings.SITE_URL + event.get_absolute_url()
    online = [{"@type": "VirtualLocation", "url": page}] if event.mode != Event.Mode.IN_PERSON else []
    if event.mode == Event.Mode.ONLINE:
        return online
    venue, city, country = (texts.find(event, name, language).value for name in ("venue", "city", "country"))
    address = {"@type": "PostalAddress", "addressLocality": city, "addressCountry": country}
    return [{"@type": "Place", "name": venue or city or country, "address": address}, *online]
