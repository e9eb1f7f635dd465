"""What papers say, complete and frozen: the only thing that rendering reads. A module for each kind."""

from typing import Any

from documents.papers.aide_memoires import AideMemoireSnapshot, ProgrammeDay, ProgrammeSession, Role, Section
from documents.papers.base import IDENTITY, Paper, SnapshotError, content
from documents.papers.delegations import DelegationSnapshot, Fact, FactGroup, PersonFacts
from documents.papers.letters import Letterhead, LetterSnapshot, Signatory

PAPERS: dict[str, type[Paper]] = {
    paper.kind: paper for paper in (LetterSnapshot, AideMemoireSnapshot, DelegationSnapshot)
}


def read_paper(stored: dict[str, Any]) -> Paper:
    """The paper of whichever kind was stored. Raises SnapshotError."""
    try:
        kind = PAPERS[stored["kind"]]
    except (KeyError, TypeError) as error:
        raise SnapshotError(f"Not a stored paper: {error}") from error
    return kind.from_dict(stored)


__all__ = (
    "IDENTITY",
    "PAPERS",
    "AideMemoireSnapshot",
    "DelegationSnapshot",
    "Fact",
    "FactGroup",
    "LetterSnapshot",
    "Letterhead",
    "Paper",
    "PersonFacts",
    "ProgrammeDay",
    "ProgrammeSession",
    "Role",
    "Section",
    "Signatory",
    "SnapshotError",
    "content",
    "read_paper",
)
