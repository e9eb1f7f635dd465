"""Letters: signed papers on a letterhead."""

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper
from documents.papers.event_papers import Role


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The sender. `lines` are telephone, e-mail, street and web address as printed; `logo` is the name of an image."""

    organisation: str
    motto: str = ""
    lines: tuple[str, ...] = ()
    office: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs. `signature` is the name of an image, or "" for an empty place to sign by hand."""

    name: str
    title: str
    organisation: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class LetterSnapshot(Paper):
    """A letter. `title` is that of the PDF file; `recipient` and `page_date` are printed at the top of page 2.

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
