"""Aide-memoires."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper, Section
from documents.papers.programmes import ProgrammeDay


@dataclass(frozen=True, slots=True)
class AideMemoireSnapshot(EventPaper):
    """Sections before the programme, the programme, and sections after it."""

    kind: ClassVar[str] = "aide-memoire"
    template: ClassVar[str] = "aide_memoire.html"

    sections: tuple[Section, ...] = ()
    programme: tuple[ProgrammeDay, ...] = ()
    closing_sections: tuple[Section, ...] = ()
