"""Compose aide-memoires: the sections and the programme of an event, as planned."""

from collections.abc import Iterable
from datetime import date

from documents.composing.event_papers import (
    common_fields,
    contact_fields,
    drafts_in_each_language,
    lead_organiser,
    programme_days,
    section_headings,
    section_text,
    working_languages,
)
from documents.composing.orders import Draft, Order
from documents.composing.texts import text
from documents.papers import AideMemoireSnapshot, Section
from events.models import Event, EventSection

_TITLE = {"en": "Aide-memoire", "es": "Nota recordatoria"}
_Kind = EventSection.Kind
# In the order that is usual in the United Nations, these sections come after the programme.
_AFTER_PROGRAMME = {_Kind.ORGANISATION, _Kind.LANGUAGES, _Kind.VENUE}


def aide_memoires(order: Order) -> list[Draft]:
    """Return the aide-memoire in each language of the order. Raises NothingToWrite."""
    return drafts_in_each_language(order, _write_for_order)


def aide_memoire(event: Event, language: str, day: date) -> AideMemoireSnapshot:
    """Return the aide-memoire, without reference and code. Raises Incomplete in the active language."""
    lead = lead_organiser(event)
    heading = (text(lead, "aide_memoire_title", language) if lead else "") or _TITLE[language]
    chosen = [section for section in event.sections.all() if section.in_aide_memoire]
    common = common_fields(event, language, day, heading) | contact_fields(event, chosen, language)
    if _Kind.LANGUAGES not in {section.kind for section in chosen}:
        common["organisers"] += working_languages(event, language)
    before, after = _around_the_programme(section for section in chosen if section.kind != _Kind.CONTACT)
    return AideMemoireSnapshot(
        **common,
        sections=(
            *_background(event, chosen, language),
            *(section_text(section, language) for section in before),
        ),
        programme=programme_days(event, language),
        closing_sections=tuple(section_text(section, language) for section in after),
    )


def _write_for_order(event: Event, language: str, order: Order) -> AideMemoireSnapshot:
    return aide_memoire(event, language, order.date)


def _background(event: Event, chosen: Iterable[EventSection], language: str) -> tuple[Section, ...]:
    """Return the event's description as the first section, unless there is a section about the background."""
    description = text(event, "description", language)
    if not description or _Kind.BACKGROUND in {one.kind for one in chosen}:
        return ()
    return (Section(section_headings(language)[_Kind.BACKGROUND], description),)


def _around_the_programme(sections: Iterable[EventSection]) -> tuple[list[EventSection], list[EventSection]]:
    """Split the sections into those before and those after the programme; both keep their order."""
    before, after = list(sections), list[EventSection]()
    while before and before[-1].kind in _AFTER_PROGRAMME:
        after.insert(0, before.pop())
    return before, after
