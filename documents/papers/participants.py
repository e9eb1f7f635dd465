"""The list of participants."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.event_papers import EventPaper


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody does; `language` is that in which it was typed, empty where none is known."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person, with their role in the delegation."""

    honorific: str
    given_names: str
    family_names: str
    role: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedBody:
    """Those who come for one body: `name` is its country's or its own, `body` the parliament's beside its country.

    Both are empty for a group that is a part by itself.
    """

    name: str
    body: str
    people: tuple[ListedPerson, ...]


@dataclass(frozen=True, slots=True)
class ListedPart:
    """Members, Observers, Secretariat: the bodies under one heading."""

    heading: str
    bodies: tuple[ListedBody, ...]

    @property
    def number(self) -> int:
        """How many people they are."""
        return sum(len(body.people) for body in self.bodies)

    @property
    def named_bodies(self) -> int:
        """How many bodies they come for; a group of the secretariat's own is none."""
        return sum(bool(body.name) for body in self.bodies)


@dataclass(frozen=True, slots=True)
class ParticipantsSnapshot(EventPaper):
    """Who takes part, as far as they may be named. `status` says whether it is final, or up to when it counts.

    `genders` is the sentence with the totals, `note` that about those who are not named.
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
