"""Compose practical information notes: the sections marked for them, with numbered paragraphs."""

from collections.abc import Iterable, Iterator
from itertools import count

from documents.composing.event_papers import (
    common_fields,
    contact_fields,
    drafts_in_each_language,
    section_text,
    working_languages,
)
from documents.composing.orders import Draft, Order
from documents.papers import NumberedSection, Paragraph, PracticalNoteSnapshot, Role
from events import richtext
from events.dates import deadline
from events.models import Event, EventSection, Window

_HEADING = {"en": "Practical information note", "es": "Nota de información práctica"}
_REGISTRATION = {"en": "Register no later than", "es": "Inscripción a más tardar el"}
_Kind = EventSection.Kind


def practical_notes(order: Order) -> list[Draft]:
    """Return the note in each language of the order. Raises NothingToWrite."""
    return drafts_in_each_language(order, practical_note)


def practical_note(event: Event, language: str, order: Order) -> PracticalNoteSnapshot:
    """Return the note, without reference and code. Raises Incomplete."""
    chosen = _sections(event)
    common = common_fields(event, language, order.date, _HEADING[language]) | contact_fields(
        event, chosen, language
    )
    if _Kind.LANGUAGES not in {section.kind for section in chosen}:
        common["organisers"] += working_languages(event, language)
    common["organisers"] += _registration(event, language)
    numbers = count(1)
    sections = (section_text(section, language) for section in chosen if section.kind != _Kind.CONTACT)
    return PracticalNoteSnapshot(
        **common,
        sections=tuple(
            NumberedSection(section.heading, tuple(_paragraphs(section.body_html, numbers)))
            for section in sections
        ),
    )


def _sections(event: Event) -> list[EventSection]:
    return [section for section in event.sections.all() if section.in_practical_note]


def _registration(event: Event, language: str) -> tuple[Role, ...]:
    """Return the deadline of registration for everybody, if the event has one."""
    windows = [
        window
        for window in event.windows.all()
        if window.stage == Window.Stage.REGISTER and not window.category
    ]
    words = (deadline(window.closes_at, window.closing_zone, language) for window in windows)
    return tuple(Role(_REGISTRATION[language], (text,)) for text in words)


def _paragraphs(html: str, numbers: Iterable[int]) -> Iterator[Paragraph]:
    """Yield each paragraph with the next number. Lists, tables and quotations belong to the paragraph before them."""
    groups: list[list[str]] = []
    for block in richtext.blocks(html):
        starts = block.startswith(("<p>", "<h3>", "<h4>"))
        if not groups or (starts and not _is_heading(groups[-1][-1])):
            groups.append([])
        groups[-1].append(block)
    return (Paragraph(number, "".join(group)) for group, number in zip(groups, numbers, strict=False))


def _is_heading(block: str) -> bool:
    return block.startswith(("<h3>", "<h4>"))
