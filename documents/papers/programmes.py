"""The programme, as a paper of its own and as a part of the aide-memoire."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker or moderator. `facts` are the function and the body, in the paper's language."""

    name: str
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The people with the same role in a session, and the name of that role: "Panellists"."""

    label: str
    people: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeSession:
    """One session of the programme. `time` is empty if the event gives no hours."""

    title: str
    time: str = ""
    room: str = ""
    description_html: str = ""
    speakers: tuple[Speakers, ...] = ()
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """The sessions of one day. `label` is empty if the event names no days."""

    label: str
    sessions: tuple[ProgrammeSession, ...]

    @property
    def is_timed(self) -> bool:
        """True if any session has hours. A day without hours is printed as a list, not as a timetable."""
        return any(session.time for session in self.sessions)

    @property
    def has_rooms(self) -> bool:
        return any(session.room for session in self.sessions)


@dataclass(frozen=True, slots=True)
class ProgrammeSnapshot(EventPaper):
    """The programme by day. `clock` names the time zone of the hours, if there are any."""

    kind: ClassVar[str] = "programme"
    template: ClassVar[str] = "programme.html"

    days: tuple[ProgrammeDay, ...] = ()
    clock: str = ""
