"""An event with one of everything that its page in the administration edits."""

from typing import Any

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
