"""Compose the programme, with or without speakers. It is provisional until the order says that it is final."""

from documents.composing.event_papers import (
    common_fields,
    drafts_in_each_language,
    programme_days,
    working_languages,
)
from documents.composing.orders import Draft, Order
from documents.papers import ProgrammeSnapshot
from events.dates import zone_place
from events.models import Event

_HEADING = {
    "en": {True: "Programme", False: "Provisional programme"},
    "es": {True: "Programa", False: "Programa provisional"},
}
_CLOCK = {"en": "All times are {} time.", "es": "Todas las horas corresponden a la hora de {}."}


def programmes(order: Order) -> list[Draft]:
    """Return the programme in each language of the order. Options: `panellists`, `final`. Raises NothingToWrite."""
    return drafts_in_each_language(order, programme_paper)


def programme_paper(event: Event, language: str, order: Order) -> ProgrammeSnapshot:
    """Return the programme, without reference and code. Raises Incomplete."""
    heading = _HEADING[language][bool(order.options.get("final"))]
    days = programme_days(event, language, panellists=bool(order.options.get("panellists", True)))
    common = common_fields(event, language, order.date, heading)
    common["organisers"] += working_languages(event, language)
    is_timed = any(day.is_timed for day in days)
    return ProgrammeSnapshot(**common, days=days, clock=_clock(event, language) if is_timed else "")


def _clock(event: Event, language: str) -> str:
    return _CLOCK[language].format(zone_place(event.tz, language) or event.zone)
