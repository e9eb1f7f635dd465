"""What the papers of a whole event share: whose they are, which event, when and where, and whom to ask."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    body_html: str


@dataclass(frozen=True, slots=True)
class Role:
    """Organisers who share a role, or another fact of the event: "Co-organized by", and their names."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPaper(Paper):
    """A paper of the event: `title` is the file's, `heading` the word for this paper on its first page.

    `contact_html` stands before the lines of `contact`, under their heading; `note_html` opens the paper, and `logo`
    is the name of an image.
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
