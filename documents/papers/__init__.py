"""The snapshots of papers: their complete texts, which do not change. Rendering reads nothing else."""

from typing import Any

from documents.papers.agendas import AgendaEntry, AgendaSnapshot
from documents.papers.aide_memoires import AideMemoireSnapshot
from documents.papers.badges import BadgeFace, BadgesSnapshot
from documents.papers.base import IDENTITY, Paper, SnapshotError, content
from documents.papers.delegations import DelegationSnapshot, Fact, FactGroup, PersonFacts
from documents.papers.event_papers import EventPaper, Role, Section
from documents.papers.letters import Letterhead, LetterSnapshot, Signatory
from documents.papers.participants import (
    Line,
    ListedBody,
    ListedPart,
    ListedPerson,
    ParticipantsSnapshot,
)
from documents.papers.people import (
    CertificateSnapshot,
    DelegationLetterSnapshot,
    Listed,
    PersonLetterSnapshot,
)
from documents.papers.practical_notes import NumberedSection, Paragraph, PracticalNoteSnapshot
from documents.papers.programmes import (
    ProgrammeDay,
    ProgrammeSession,
    ProgrammeSnapshot,
    Speaker,
    Speakers,
)

PAPERS: dict[str, type[Paper]] = {
    paper.kind: paper
    for paper in (
        LetterSnapshot,
        AideMemoireSnapshot,
        ProgrammeSnapshot,
        AgendaSnapshot,
        PracticalNoteSnapshot,
        DelegationSnapshot,
        ParticipantsSnapshot,
        BadgesSnapshot,
        PersonLetterSnapshot,
        DelegationLetterSnapshot,
        CertificateSnapshot,
    )
}


def read_paper(stored: dict[str, Any]) -> Paper:
    """Return the stored paper as an instance of its class. Raises SnapshotError."""
    try:
        kind = PAPERS[stored["kind"]]
    except (KeyError, TypeError) as error:
        raise SnapshotError(f"Not a stored paper: {error}") from error
    return kind.from_dict(stored)


__all__ = (
    "IDENTITY",
    "PAPERS",
    "AgendaEntry",
    "AgendaSnapshot",
    "AideMemoireSnapshot",
    "BadgeFace",
    "BadgesSnapshot",
    "CertificateSnapshot",
    "DelegationLetterSnapshot",
    "DelegationSnapshot",
    "EventPaper",
    "Fact",
    "FactGroup",
    "LetterSnapshot",
    "Letterhead",
    "Line",
    "Listed",
    "ListedBody",
    "ListedPart",
    "ListedPerson",
    "NumberedSection",
    "Paper",
    "Paragraph",
    "ParticipantsSnapshot",
    "PersonFacts",
    "PersonLetterSnapshot",
    "PracticalNoteSnapshot",
    "ProgrammeDay",
    "ProgrammeSession",
    "ProgrammeSnapshot",
    "Role",
    "Section",
    "Signatory",
    "SnapshotError",
    "Speaker",
    "Speakers",
    "content",
    "read_paper",
)
