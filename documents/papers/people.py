"""Papers about people: letters about one person, the confirmation of a delegation, certificates."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper
from documents.papers.delegations import Fact
from documents.papers.letters import Letterhead, LetterSnapshot, Signatory


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list: name, role and function. `person` is the key of the participant; it is not printed."""

    name: str
    role: str
    function: str = ""
    person: int = 0


@dataclass(frozen=True, slots=True)
class PersonLetterSnapshot(LetterSnapshot):
    """A letter about one person. `facts` is the table under its text.

    `holder` is everything that the verification page says about the person.
    """

    kind: ClassVar[str] = "person-letter"
    template: ClassVar[str] = "person_letter.html"
    styles: ClassVar[tuple[str, ...]] = ("paper.css", "letter.css")

    holder: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class DelegationLetterSnapshot(LetterSnapshot):
    """A letter to a delegation. `people` is the table under its text."""

    kind: ClassVar[str] = "delegation-letter"
    template: ClassVar[str] = "delegation_letter.html"
    styles: ClassVar[tuple[str, ...]] = ("paper.css", "letter.css")
    max_html: ClassVar[int] = 120_000

    people: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateSnapshot(Paper):
    """A certificate on one page in landscape: `lead` stands before the name, `body_html` after it."""

    kind: ClassVar[str] = "certificate"
    version: ClassVar[int] = 1
    template: ClassVar[str] = "certificate.html"
    max_html: ClassVar[int] = 30_000

    letterhead: Letterhead
    heading: str
    lead: str
    name: str
    body_html: str
    place_and_date: str
    issued: str
    signatories: tuple[Signatory, ...]
    holder: str = ""

    @property
    def images(self) -> tuple[str, ...]:
        shown = (self.letterhead.logo, *(signatory.signature for signatory in self.signatories))
        return tuple(dict.fromkeys(filter(None, shown)))
