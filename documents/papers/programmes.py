"""The programme, in a paper of its own and in the aide-memoire."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks or moderates; `facts` are the function and the body, in the paper's language."""

    name: str
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Those who have one role in a session: "Panellists", and they."""

    label: str
    people: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeSession:
    """One line of the programme. `time` is empty when the event gives no hours."""

    title: str
    time: str = ""
    room: str = ""
    description_html: str = ""
    speakers: tuple[Speakers, ...] = ()
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """The sessions of one day; `label` is empty when the event names no days."""

    label: str
    sessions: tuple[ProgrammeSession, ...]

    @property
    def is_timed(self) -> bool:
        """Whether any session has hours; a day without them is a list in order, not a timetable."""
        return any(session.time for session in self.sessions)

    @property
    def has_rooms(self) -> bool:
        return any(session.room for session in self.sessions)


@dataclass(frozen=True, slots=True)
class ProgrammeSnapshot(EventPaper):
    """The programme by day; `clock` says whose hours they are, where there are any."""

    kind: ClassVar[str] = "programme"
    template: ClassVar[str] = "programme.html"

    days: tuple[ProgrammeDay, ...] = ()
    clock: str = ""
