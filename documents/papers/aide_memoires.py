"""Aide-memoires, and the programme as papers set it."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    body_html: str


@dataclass(frozen=True, slots=True)
class Role:
    """Organisers who share a role: "Co-organized by", and their names."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeSession:
    """One line of the programme. `time` is empty when the event gives no hours."""

    title: str
    time: str = ""
    room: str = ""
    description_html: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """The sessions of one day; `label` is empty when the event names no days."""

    label: str
    sessions: tuple[ProgrammeSession, ...]

    @property
    def is_timed(self) -> bool:
        """Whether any session has hours; a day without them is a list in order, not a timetable."""
        return any(session.time for session in self.sessions)


@dataclass(frozen=True, slots=True)
class AideMemoireSnapshot(Paper):
    """An aide-memoire: `title` is the file's, `heading` the organisation's own word for this paper."""

    kind: ClassVar[str] = "aide-memoire"
    version: ClassVar[int] = 1
    template: ClassVar[str] = "aide_memoire.html"
    max_html: ClassVar[int] = 250_000
    steps: ClassVar[tuple[int, ...]] = (0, 1, 2)

    heading: str
    organisation: str
    event_title: str
    date_line: str
    place: str
    issued: str
    organisers: tuple[Role, ...] = ()
    sections: tuple[Section, ...] = ()
    programme: tuple[ProgrammeDay, ...] = ()
    contact: tuple[str, ...] = ()
    event_url: str = ""
