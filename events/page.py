"""The computed parts of an event's page: which text, the organisers, and the state of registration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import npgettext_lazy

from events import programme, texts
from events.models import Event, EventOrganiser, Organisation, Session, Window

_ROLE = EventOrganiser.Role
_HEADINGS = {
    _ROLE.ORGANISED: npgettext_lazy("organisers of an event", "Organized by", "Organized by"),
    _ROLE.CO_ORGANISED: npgettext_lazy("organisers of an event", "Co-organized by", "Co-organized by"),
    _ROLE.HOSTED: npgettext_lazy("organisers of an event", "Hosted by", "Hosted by"),
    _ROLE.COOPERATION: npgettext_lazy("organisers of an event", "In cooperation with", "In cooperation with"),
    _ROLE.THROUGH: npgettext_lazy("organisers of an event", "Through", "Through"),
    _ROLE.FRAMEWORK: npgettext_lazy(
        "organisers of an event", "Within the framework of", "Within the framework of"
    ),
}


def body_field(event: Event, language: str) -> str:
    """Return the field to show: `after_text` if the event is over and has one, otherwise `description`."""
    is_after = event.is_over and texts.find(event, "after_text", language)
    return "after_text" if is_after else "description"


def page_context(event: Event) -> dict[str, object]:
    """Return the parts of the page that are the same for every reader. The event needs `with_has_agenda`."""
    prefetch_related_objects([event], Prefetch("sessions", Session.objects.with_people()))
    return {
        "organisers": organiser_groups(event.organisers.select_related("organisation")),
        "sections": event.sections.filter(on_page=True),
        "agenda": event.agenda_items.all() if event.has_agenda else (),
        "programme": programme.programme_days(event.sessions.all()),
    }


@dataclass(frozen=True, slots=True)
class OrganiserGroup:
    """The organisations with the same role. The heading is singular or plural."""

    heading: str
    organisations: tuple[Organisation, ...]


def organiser_groups(organisers: Iterable[EventOrganiser]) -> list[OrganiserGroup]:
    """Group organisations by role, both in their order. An organisation with several roles is in each group."""
    by_role: dict[str, list[Organisation]] = {role: [] for role in _HEADINGS}
    for organiser in organisers:
        by_role[organiser.role].append(organiser.organisation)
    return [
        OrganiserGroup(_HEADINGS[_ROLE(role)] % len(those), tuple(those))
        for role, those in by_role.items()
        if those
    ]


@dataclass(frozen=True, slots=True)
class Registration:
    """The state of registration at a moment."""

    window: Window
    at: datetime

    @property
    def is_ahead(self) -> bool:
        return self.window.period.is_ahead(self.at)

    @property
    def is_open(self) -> bool:
        return self.window.period.is_open(self.at)

    @property
    def days_left(self) -> int:
        return self.window.period.days_left(self.at)


def registration(event: Event, at: datetime) -> Registration | None:
    """Return the state of registration. The event needs `with_registration`.

    Returns None if there is no such deadline, or the event is a draft, postponed or cancelled.
    """
    opens_at, closes_at = event.registration_opens_at, event.registration_closes_at
    if event.status != Event.Status.PUBLISHED or opens_at is None or closes_at is None:
        return None
    return Registration(Window(event=event, opens_at=opens_at, closes_at=closes_at), at)
