"""The agenda of a statutory meeting."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One agenda item. `body` is the committee that deals with it; it is printed in brackets."""

    title: str
    body: str = ""
    annotation_html: str = ""


@dataclass(frozen=True, slots=True)
class AgendaSnapshot(EventPaper):
    """The agenda items. Their numbers follow from their order."""

    kind: ClassVar[str] = "agenda"
    template: ClassVar[str] = "agenda.html"

    items: tuple[AgendaEntry, ...] = ()
