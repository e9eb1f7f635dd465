"""Compose what all papers of an event share: head, contact and programme."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from babel import Locale
from django.db.models import Prefetch
from django.utils import translation

from documents.composing.openings import with_opening
from documents.composing.orders import Draft, NothingToWrite, Order
from documents.composing.texts import (
    contact_lines,
    logo_of,
    organisers_of,
    page_address,
    place_name,
    required_text,
    specimen_line,
    text,
)
from documents.papers import (
    EventPaper,
    ProgrammeDay,
    ProgrammeSession,
    Role,
    Section,
    Speaker,
    Speakers,
)
from documents.readiness import why_not_ready
from events import programme
from events.dates import date_range, hours, long_date
from events.models import Event, EventOrganiser, EventSection, Organisation, Panellist, Session
from events.wording import join_list, sentence_start

_ONLINE = {"en": "Online", "es": "En línea"}
_LANGUAGES = {"en": "Working languages", "es": "Idiomas de trabajo"}
_LEADING = (EventOrganiser.Role.ORGANISED, EventOrganiser.Role.CO_ORGANISED)

Write = Callable[[Event, str, Order], EventPaper]


def drafts_in_each_language(order: Order, write: Write) -> list[Draft]:
    """Return the paper in each language of the order, with the opening from its template.

    Raises NothingToWrite if the event has no data for it.
    """
    if reason := why_not_ready(order.event, order.kind):
        raise NothingToWrite(reason)
    event, template = reload_event(order.event), order.template()
    return [
        Draft("", language, template_version=template.version if template else 0).with_paper(
            partial(with_opening, template, order.date, partial(write, event, language, order))
        )
        for language in order.languages_for()
    ]


def reload_event(event: Event) -> Event:
    """Return the current row of the event, with all related rows that its papers read."""
    sessions = Session.objects.with_people()
    return Event.objects.prefetch_related(
        "sections",
        "agenda_items",
        "windows",
        "organisers__organisation__logo__image",
        Prefetch("sessions", queryset=sessions),
    ).get(pk=event.pk)


def common_fields(event: Event, language: str, day: date, heading: str) -> dict[str, Any]:
    """Return the fields that every paper of the event has. Raises Incomplete in the active language."""
    lead = lead_organiser(event)
    title = required_text(event, "title", language)
    return {
        "language": language,
        "title": f"{heading}: {title}",
        "heading": heading,
        "organisation": required_text(lead, "name", language) if lead else "",
        "logo": logo_of(lead),
        "event_title": title,
        "date_line": date_range(event.first_day, event.last_day, language),
        "place": _place(event, language),
        "issued": day.isoformat(),
        "organisers": organisers_of(event, language),
        "event_url": page_address(event, language),
        "specimen": specimen_line(language),
    }


def contact_fields(event: Event, sections: Iterable[EventSection], language: str) -> dict[str, Any]:
    """Return the contact lines, and the text of the contact section if it is among these sections."""
    written = [one for one in sections if one.kind == EventSection.Kind.CONTACT]
    html = "".join(required_text(one, "text", language) for one in written)
    return {"contact": contact_lines(event, language), "contact_html": html}


def lead_organiser(event: Event) -> Organisation | None:
    """Return the first organiser, or if nobody has that role, the first body named in any role; otherwise None."""
    organisers = list(event.organisers.all())
    leading = [one for one in organisers if one.role in _LEADING]
    return next((one.organisation for one in leading or organisers), None)


def working_languages(event: Event, language: str) -> tuple[Role, ...]:
    """Return the fact “Working languages: English, French and Spanish”, or nothing if the event names none."""
    codes = [code.strip() for code in event.working_languages.split(",") if code.strip()]
    names = Locale.parse(language).languages
    words = sentence_start(join_list([names.get(code, code) for code in codes], language))
    return (Role(_LANGUAGES[language], (words,)),) if words else ()


def section_headings(language: str) -> Mapping[str, str]:
    """Return the heading of each kind of section."""
    with translation.override(language):
        return {kind.value: str(kind.label) for kind in EventSection.Kind}


def section_text(section: EventSection, language: str) -> Section:
    """Return the section with its heading. Raises Incomplete."""
    return Section(section_headings(language)[section.kind], required_text(section, "text", language))


def programme_days(event: Event, language: str, *, panellists: bool = True) -> tuple[ProgrammeDay, ...]:
    """Return the programme by day, with or without moderators and speakers. Raises Incomplete."""
    with translation.override(language):
        days = programme.programme_days(event.sessions.all())
    return tuple(
        ProgrammeDay(
            label=sentence_start(long_date(day.date, language, weekday=True)) if day.date else "",
            sessions=tuple(_session(item, language, panellists) for item in day.items),
        )
        for day in days
    )


def _place(event: Event, language: str) -> str:
    """Return “Palacio Legislativo, Montevideo (Uruguay)”, “Online”, or both."""
    if event.mode == Event.Mode.ONLINE:
        return _ONLINE[language]
    where = ", ".join(filter(None, (text(event, "venue", language), place_name(event, language))))
    return f"{where} / {_ONLINE[language]}" if where and event.mode == Event.Mode.HYBRID else where


def _session(item: programme.Item, language: str, panellists: bool) -> ProgrammeSession:
    session: Session = item.session
    return ProgrammeSession(
        title=required_text(session, "title", language),
        time=hours(session.starts, session.ends) if session.starts else "",
        room=text(session, "room", language),
        description_html=text(session, "description", language),
        speakers=tuple(_speakers(group, language) for group in item.people) if panellists else (),
        is_break=session.kind == Session.Kind.BREAK,
    )


def _speakers(group: programme.RoleGroup, language: str) -> Speakers:
    return Speakers(group.heading, tuple(_speaker(one, language) for one in group.members))


def _speaker(person: Panellist, language: str) -> Speaker:
    known = person.organisation
    body = text(known, "name", language) if known else text(person, "body", language)
    return Speaker(person.name, ", ".join(filter(None, (text(person, "function", language), body))))
