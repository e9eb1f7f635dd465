"""The list of participants."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper


@dataclass(frozen=True, slots=True)
class Line:
    """One line about a person's work. `language` is that of the text, or "" if it is not known."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person and their role in the delegation."""

    honorific: str
    given_names: str
    family_names: str
    role: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedBody:
    """The people of one body.

    For a parliament, `name` is the country and `body` the parliament; for another body, `name` is its own name.
    Both are empty for a group that is a part of its own.
    """

    name: str
    body: str
    people: tuple[ListedPerson, ...]


@dataclass(frozen=True, slots=True)
class ListedPart:
    """The bodies under one heading: Members, Observers, Secretariat."""

    heading: str
    bodies: tuple[ListedBody, ...]

    @property
    def number(self) -> int:
        """The number of people in this part."""
        return sum(len(body.people) for body in self.bodies)

    @property
    def named_bodies(self) -> int:
        """The number of bodies; a group of the secretariat without a name does not count."""
        return sum(bool(body.name) for body in self.bodies)


@dataclass(frozen=True, slots=True)
class ParticipantsSnapshot(EventPaper):
    """The participants who may be named. `status` says that the list is final, or up to when it is valid.

    `genders` is the sentence with the totals, `note` the sentence about people who are not named.
    """

    kind: ClassVar[str] = "participants"
    template: ClassVar[str] = "participants.html"
    max_html: ClassVar[int] = 2_500_000
    steps: ClassVar[tuple[int, ...]] = (0,)

    status: str = ""
    parts: tuple[ListedPart, ...] = ()
    genders: str = ""
    note: str = ""

    @property
    def people(self) -> int:
        return sum(part.number for part in self.parts)

    @property
    def delegations(self) -> int:
        return sum(part.named_bodies for part in self.parts)
