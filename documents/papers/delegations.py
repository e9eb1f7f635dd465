"""The list that a delegation can print for itself."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper


@dataclass(frozen=True, slots=True)
class Fact:
    """A field and its value. `language` is that of the value, if it may differ from the paper's language."""

    label: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of one section of the form."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person of a delegation: name, role, status and the other data that were entered."""

    name: str
    role: str
    status: str
    groups: tuple[FactGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class DelegationSnapshot(Paper):
    """The data that a delegation has entered, at one moment. The paper certifies nothing and has no code.

    `as_of` is the moment in words, `notes` say what is left out.
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
