"""Letters: signed, on a letterhead."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper
from documents.papers.event_papers import Role


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes. `lines` are telephones, e-mail, street, web address as printed; `logo` is the name of an image."""

    organisation: str
    motto: str = ""
    lines: tuple[str, ...] = ()
    office: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs. `signature` is the name of an image, or empty for a slot to sign in by hand."""

    name: str
    title: str
    organisation: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class LetterSnapshot(Paper):
    """A letter, every word of it chosen: `title` is the file's, `recipient` and `page_date` head page 2.

    `body_html` is clean rich text with its placeholders filled in.
    """

    kind: ClassVar[str] = "letter"
    version: ClassVar[int] = 1
    template: ClassVar[str] = "letter.html"
    max_html: ClassVar[int] = 60_000
    steps: ClassVar[tuple[int, ...]] = (0, 1, 2)

    letterhead: Letterhead
    addressee_lines: tuple[str, ...]
    place_and_date: str
    letter_date: str
    salutation_lines: tuple[str, ...]
    body_html: str
    closing: str
    signatories: tuple[Signatory, ...]
    recipient: str
    page_date: str
    subject: str = ""
    contact: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    event_url: str = ""
    organisers: tuple[Role, ...] = ()

    @property
    def images(self) -> tuple[str, ...]:
        shown = (self.letterhead.logo, *(signatory.signature for signatory in self.signatories))
        return tuple(dict.fromkeys(filter(None, shown)))
