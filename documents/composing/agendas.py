"""Compose the agenda of a statutory meeting. It is provisional until the order says that it was adopted."""

from documents.composing.event_papers import common_fields, drafts_in_each_language
from documents.composing.orders import Draft, Order
from documents.composing.texts import required_text, text
from documents.papers import AgendaEntry, AgendaSnapshot
from events.models import AgendaItem, Event

# Keys: (is final, is annotated).
_HEADING = {
    "en": {
        (False, False): "Provisional agenda",
        (False, True): "Provisional annotated agenda",
        (True, False): "Agenda",
        (True, True): "Annotated agenda",
    },
    "es": {
        (False, False): "Orden del día provisional",
        (False, True): "Orden del día provisional anotado",
        (True, False): "Orden del día",
        (True, True): "Orden del día anotado",
    },
}


def agendas(order: Order) -> list[Draft]:
    """Return the agenda in each language of the order. Options: `annotated`, `final`. Raises NothingToWrite."""
    return drafts_in_each_language(order, agenda)


def agenda(event: Event, language: str, order: Order) -> AgendaSnapshot:
    """Return the agenda, without reference and code. Raises Incomplete."""
    entries = tuple(
        _entry(item, language, bool(order.options.get("annotated", True)))
        for item in event.agenda_items.all()
    )
    is_annotated = any(entry.annotation_html for entry in entries)
    heading = _HEADING[language][bool(order.options.get("final")), is_annotated]
    return AgendaSnapshot(**common_fields(event, language, order.date, heading), items=entries)


def _entry(item: AgendaItem, language: str, annotated: bool) -> AgendaEntry:
    return AgendaEntry(
        title=required_text(item, "title", language),
        body=text(item, "body", language),
        annotation_html=text(item, "annotation", language) if annotated else "",
    )
