"""The models of events."""

from events.models.agenda import AgendaItem
from events.models.event import Event, EventMember, EventOrganiser, EventQuerySet, EventSection
from events.models.organisation import Organisation
from events.models.session import Panellist, Session
from events.models.window import Category, Window

__all__ = (
    "AgendaItem",
    "Category",
    "Event",
    "EventMember",
    "EventOrganiser",
    "EventQuerySet",
    "EventSection",
    "Organisation",
    "Panellist",
    "Session",
    "Window",
)
