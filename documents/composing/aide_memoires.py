"""Aide-memoires: an event's sections and programme, always as planned, never as it went."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db.models import Prefetch
from django.utils import translation

from documents.composing.orders import Draft, Order
from documents.composing.texts import contact_lines, page_address, place, required, specimen_line, text
from documents.papers import AideMemoireSnapshot, ProgrammeDay, ProgrammeSession, Role, Section
from events import programme
from events.dates import date_range, hours, long_date
from events.models import Event, EventOrganiser, EventSection, Organisation, Panellist, Session
from events.page import OrganiserGroup, organiser_groups
from events.wording import sentence_start

_TITLE = {"en": "Aide-memoire", "es": "Nota recordatoria"}
_ONLINE = {"en": "Online", "es": "En línea"}
_LEADING = (EventOrganiser.Role.ORGANISED, EventOrganiser.Role.CO_ORGANISED)


def aide_memoires(order: Order) -> list[Draft]:
    """The event's aide-memoire in every language asked."""
    event = with_programme(order.event)
    return [
        Draft("", language).written(partial(aide_memoire, event, language, order.date))
        for language in order.languages_for()
    ]


def with_programme(event: Event) -> Event:
    """The event as it is by now, with its sections, organisers, sessions and their people."""
    sessions = Session.objects.with_people()
    return Event.objects.prefetch_related(
        "sections", "organisers__organisation", Prefetch("sessions", queryset=sessions)
    ).get(pk=event.pk)


def aide_memoire(event: Event, language: str, day: date) -> AideMemoireSnapshot:
    """The event's aide-memoire, without reference and code. Raises Incomplete in the active language."""
    with translation.override(language):
        groups = organiser_groups(event.organisers.all())
        days = programme.by_day(event.sessions.all())
        headings = {kind.value: str(kind.label) for kind in EventSection.Kind}
    lead = _lead(event)
    heading = (text(lead, "aide_memoire_title", language) if lead else "") or _TITLE[language]
    title = required(event, "title", language)
    return AideMemoireSnapshot(
        language=language,
        title=f"{heading}: {title}",
        heading=heading,
        organisation=required(lead, "name", language) if lead else "",
        event_title=title,
        date_line=date_range(event.first_day, event.last_day, language),
        place=_place(event, language),
        issued=day.isoformat(),
        organisers=tuple(_role(group, language) for group in groups),
        sections=_sections(event, headings, language),
        programme=tuple(_day(one, language) for one in days),
        contact=contact_lines(event, language),
        event_url=page_address(event, language),
        specimen=specimen_line(language),
    )


def _lead(event: Event) -> Organisation | None:
    """Who organises: the first in order of those who do, or else of all who are named."""
    organisers = list(event.organisers.all())
    leading = [one for one in organisers if one.role in _LEADING]
    return next((one.organisation for one in leading or organisers), None)


def _role(group: OrganiserGroup, language: str) -> Role:
    return Role(group.heading, tuple(required(one, "name", language) for one in group.organisations))


def _place(event: Event, language: str) -> str:
    """“Palacio Legislativo, Montevideo (Uruguay)”, “Online”, or both."""
    if event.mode == Event.Mode.ONLINE:
        return _ONLINE[language]
    where = ", ".join(filter(None, (text(event, "venue", language), place(event, language))))
    return f"{where} / {_ONLINE[language]}" if where and event.mode == Event.Mode.HYBRID else where


def _sections(event: Event, headings: Mapping[str, str], language: str) -> tuple[Section, ...]:
    """The sections meant for this document; the event's description opens it when no background does."""
    chosen = [section for section in event.sections.all() if section.in_aide_memoire]
    written = [Section(headings[one.kind], required(one, "text", language)) for one in chosen]
    description = text(event, "description", language)
    if description and EventSection.Kind.BACKGROUND not in {one.kind for one in chosen}:
        written.insert(0, Section(headings[EventSection.Kind.BACKGROUND], description))
    return tuple(written)


def _day(day: programme.Day, language: str) -> ProgrammeDay:
    return ProgrammeDay(
        label=sentence_start(long_date(day.date, language, weekday=True)) if day.date else "",
        sessions=tuple(_session(item, language) for item in day.items),
    )


def _session(item: programme.Item, language: str) -> ProgrammeSession:
    session: Session = item.session
    return ProgrammeSession(
        title=required(session, "title", language),
        time=hours(session.starts, session.ends) if session.starts else "",
        room=text(session, "room", language),
        description_html=text(session, "description", language),
        people=tuple(_people(group, language) for group in item.people),
    )


def _people(group: programme.People, language: str) -> str:
    """“Panellists: Specimen One, Director, Senate of Chile; Muestra Dos, Adviser”."""
    return f"{group.heading}: {'; '.join(_person(one, language) for one in group.members)}"


def _person(person: Panellist, language: str) -> str:
    known = person.organisation
    body = text(known, "name", language) if known else text(person, "body", language)
    return ", ".join(filter(None, (person.name, text(person, "function", language), body)))
