"""Events in typical states, and the text of their pages."""

import re
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from events.models import Event
from tests.factories import (
    AttachmentFactory,
    EventFactory,
    EventMemberFactory,
    EventOrganiserFactory,
    EventSectionFactory,
    PanellistFactory,
    WindowFactory,
)


def full_event(**fields: Any) -> Event:
    """An event that is complete in both languages, so that it can be published."""
    event: Event = EventFactory(**fields)
    EventOrganiserFactory(event=event)
    EventSectionFactory(event=event)
    WindowFactory(event=event)
    PanellistFactory(session__event=event)
    EventMemberFactory(event=event)
    AttachmentFactory(event=event)
    return event


def on(days: int, **fields: Any) -> Event:
    """A one-day event this many days from today."""
    day = timezone.now().date() + timedelta(days=days)
    event: Event = EventFactory(first_day=day, last_day=day, **fields)
    return event


def over(slug: str, day: date, **fields: Any) -> Event:
    """A one-day event on this day."""
    event: Event = EventFactory(slug=slug, first_day=day, last_day=day, **fields)
    return event


def text_of(response: HttpResponse) -> str:
    """The text of a page's main part, without markup."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
