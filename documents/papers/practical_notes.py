"""Practical information notes."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, with the lists and tables that follow it."""

    number: int
    body_html: str


@dataclass(frozen=True, slots=True)
class NumberedSection:
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class PracticalNoteSnapshot(EventPaper):
    """The practical information note. Its paragraphs are numbered through all sections."""

    kind: ClassVar[str] = "practical-note"
    template: ClassVar[str] = "practical_note.html"

    sections: tuple[NumberedSection, ...] = ()
