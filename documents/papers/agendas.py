"""The agenda of a statutory meeting."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One item; `body` is the committee that deals with it, printed in brackets."""

    title: str
    body: str = ""
    annotation_html: str = ""


@dataclass(frozen=True, slots=True)
class AgendaSnapshot(EventPaper):
    """The items in their order, numbered by it."""

    kind: ClassVar[str] = "agenda"
    template: ClassVar[str] = "agenda.html"

    items: tuple[AgendaEntry, ...] = ()
