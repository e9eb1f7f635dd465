"""Events and what their pages say: complete ones, and small ones on a day."""

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
    """Complete in both languages, so that it can be published."""
    event: Event = EventFactory(**fields)
    EventOrganiserFactory(event=event)
    EventSectionFactory(event=event)
    WindowFactory(event=event)
    PanellistFactory(session__event=event)
    EventMemberFactory(event=event)
    AttachmentFactory(event=event)
    return event


def on(days: int, **fields: Any) -> Event:
    """An event of one day, so many days from today."""
    day = timezone.now().date() + timedelta(days=days)
    event: Event = EventFactory(first_day=day, last_day=day, **fields)
    return event


def over(slug: str, day: date, **fields: Any) -> Event:
    """An event of that day."""
    event: Event = EventFactory(slug=slug, first_day=day, last_day=day, **fields)
    return event


def text_of(response: HttpResponse) -> str:
    """What a page says in its main part, without its elements."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
