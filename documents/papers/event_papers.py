"""The fields that all papers about a whole event share: organiser, title, dates, place and contact."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    body_html: str


@dataclass(frozen=True, slots=True)
class Role:
    """Organisers with the same role, or another fact of the event: "Co-organized by" and their names."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPaper(Paper):
    """A paper about the event. `title` is that of the PDF file, `heading` the name of the paper on its first page.

    `contact_html` is printed before the lines of `contact`, under the same heading. `note_html` opens the paper.
    `logo` is the name of an image.
    """

    version: ClassVar[int] = 1
    max_html: ClassVar[int] = 250_000
    steps: ClassVar[tuple[int, ...]] = (0, 1, 2)
    styles: ClassVar[tuple[str, ...]] = ("paper.css", "event_paper.css")

    heading: str
    organisation: str
    event_title: str
    date_line: str
    place: str
    issued: str
    organisers: tuple[Role, ...] = ()
    contact: tuple[str, ...] = ()
    contact_html: str = ""
    event_url: str = ""
    note_html: str = ""
    logo: str = ""

    @property
    def images(self) -> tuple[str, ...]:
        return (self.logo,) if self.logo else ()
