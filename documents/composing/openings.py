"""Add to a paper what the event's template says: another title, another sender, an opening note."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from documents.composing.letters import Letters
from documents.composing.texts import logo_of, required_text, text
from documents.models import Template
from documents.papers import EventPaper
from documents.placeholders import expand
from documents.rules import placeholders_for


def with_opening(template: Template | None, day: date, write: Callable[[], EventPaper]) -> EventPaper:
    """Return the paper from `write`, with the additions of the template. Raises Incomplete and PlaceholderError."""
    paper = write()
    if template is None:
        return paper
    language, issuer = paper.language, template.letterhead
    heading = text(template, "title", language) or paper.heading
    return replace(
        paper,
        title=f"{heading}: {paper.event_title}",
        heading=heading,
        organisation=required_text(issuer, "name", language) if issuer else paper.organisation,
        note_html=_note(template, language, day),
        logo=logo_of(issuer) if issuer else paper.logo,
    )


def _note(template: Template, language: str, day: date) -> str:
    words, values = text(template, "body", language), Letters(template, language, day).values
    return expand(words, values, language, allowed=placeholders_for(template.kind))
