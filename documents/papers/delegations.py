"""A delegation's own list."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper


@dataclass(frozen=True, slots=True)
class Fact:
    """A field and what was entered; `language` is that of the words where it may be another than the paper's."""

    label: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of one part of the form."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person of a delegation: how they are named, their role and status, and what else was entered."""

    name: str
    role: str
    status: str
    groups: tuple[FactGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class DelegationSnapshot(Paper):
    """What a delegation has entered, as of a moment. It proves nothing and carries no code.

    `as_of` the moment in words, `notes` say what is left out.
    """

    kind: ClassVar[str] = "delegation"
    version: ClassVar[int] = 1
    template: ClassVar[str] = "delegation.html"
    max_html: ClassVar[int] = 400_000

    delegation: str
    event_title: str
    status: str
    as_of: str
    issued: str
    facts: tuple[Fact, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    notes: tuple[str, ...] = ()
