"""Define which fields a template has for each kind of document, and check their text when they are saved."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from documents.models import Kind
from documents.placeholders import LETTER, PASSPORT, PERSON, Placeholder, PlaceholderError, unknown
from events import richtext

TRANSLATED = (
    "title",
    "place",
    "addressee",
    "salutation",
    "subject",
    "body",
    "body_for_bodies",
    "closing",
    "enclosures",
)
"""The fields of a template that exist once for each language."""

TEXT_FIELDS, HTML_FIELDS = ("subject",), ("body", "body_for_bodies")
"""Plain-text and HTML fields in which placeholders are filled in."""

MAX_LINES = 2000  # characters of a plain text, line breaks included
MAX_SPAN = 12  # columns or rows that a table cell may span
MAX_SHOWN = 60  # characters of a refused text that the message quotes


@dataclass(frozen=True, slots=True)
class Words:
    """The template fields that a kind of document uses, in the order of the form.

    `needed` fields must not be empty. `labels` replace a field's label where the usual one would be misleading.
    """

    used: tuple[str, ...]
    needed: frozenset[str]
    is_signed: bool = False
    labels: Mapping[str, str | Promise] = field(default_factory=dict)


def _letter(*used: str, needed: tuple[str, ...] = ()) -> Words:
    """Return the fields of a letter: letterhead, place, text, closing, signatures and those that its kind adds."""
    always = frozenset({"letterhead", "place", "body", "closing", *needed})
    return Words(("letterhead", "place", *used, "closing", "enclosures"), always, is_signed=True)


_OPENING = Words(
    ("letterhead", "title", "body"),
    frozenset(),
    labels={"letterhead": _lazy("In the name of"), "body": _lazy("Opening note")},
)
WORDS: dict[Kind, Words] = {
    Kind.INVITATION: _letter("subject", "body", "body_for_bodies"),
    Kind.COLLECTIVE: _letter("addressee", "salutation", "subject", "body", needed=("addressee",)),
    Kind.VISA_LETTER: _letter("addressee", "salutation", "subject", "body"),
    Kind.CONFIRMATION: _letter("salutation", "subject", "body"),
    Kind.PERSON_CONFIRMATION: _letter("salutation", "subject", "body"),
    Kind.CERTIFICATE: Words(
        ("letterhead", "title", "place", "body"), frozenset({"letterhead", "place", "body"}), is_signed=True
    ),
    Kind.AIDE_MEMOIRE: _OPENING,
    Kind.PROGRAMME: _OPENING,
    Kind.AGENDA: _OPENING,
    Kind.PRACTICAL_NOTE: _OPENING,
    Kind.PARTICIPANTS: _OPENING,
    Kind.BADGES: Words(("letterhead",), frozenset()),
}
"""The only place where these fields are defined. Kinds with an optional template need no field."""

_OF_THE_ADDRESSEE = {"parliament", "parliament_in_sentence", "country_in_sentence"}
_OF_A_PERSON: dict[str, dict[str, Placeholder]] = {
    Kind.VISA_LETTER: PERSON | PASSPORT,
    Kind.PERSON_CONFIRMATION: PERSON,
    Kind.CERTIFICATE: PERSON,
}
_SPEAKS_TO_NOBODY = {Kind.COLLECTIVE, *(kind for kind, words in WORDS.items() if not words.is_signed)}


class TextRefused(ValueError):
    """A document cannot contain this text. The message is for the editor, in the active language."""


def placeholders_for(kind: str, name: str = "body") -> dict[str, Placeholder]:
    """Return the placeholders allowed in one field of a template.

    A document without an addressee has no placeholders for the addressee; a subject line has no links.
    """
    without = _OF_THE_ADDRESSEE if kind in _SPEAKS_TO_NOBODY else set()
    kinds = {"text"} if name in TEXT_FIELDS else {"text", "html"}
    known = LETTER | _OF_A_PERSON.get(kind, {})
    return {
        token: placeholder
        for token, placeholder in known.items()
        if token not in without and placeholder.kind in kinds
    }


def require_known(kind: str, name: str, text: str) -> None:
    """Raises PlaceholderError if the text contains unknown placeholders. The error names them."""
    allowed = placeholders_for(kind, name)
    if wrong := unknown(text, allowed):
        raise PlaceholderError(unknown=wrong, allowed=allowed)


_BRACED = re.compile(r"\{++[^{}]{0,200}+\}++|[{}]")
_TAGGED = re.compile(r"</?[a-zA-Z!][^<>]{0,200}+>?")


def require_plain(text: str, *, braces: bool = False) -> None:
    """Raises TextRefused if the text is too long or contains tags, or braces unless `braces` allows them."""
    if len(text) > MAX_LINES:
        raise TextRefused(
            _("This text is too long: it may have %(limit)d characters.") % {"limit": MAX_LINES}
        )
    refused = _TAGGED.findall(text) + ([] if braces else _BRACED.findall(text))
    if refused:
        raise TextRefused(
            _("Only plain text is allowed here, without tags or placeholders. Remove: %(found)s.")
            % {"found": _named(refused)}
        )


def require_paper_markup(html: str) -> None:
    """Raises TextRefused if the rich text contains markup that cleaning would remove silently.

    The message names the markup.
    """
    if len(html) > richtext.MAX_TYPED:
        return  # another check refuses it as too long; parsing it would be slow
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.refused:
        raise TextRefused(
            _(
                "This cannot stand in a document: %(found)s. The text may have paragraphs, headings, lists, tables, "
                "quotations, bold and italic words, and links that begin with https:// or mailto:."
            )
            % {"found": _named(reader.refused)}
        )


def _named(texts: list[str]) -> str:
    """Return the first five different texts as a list in words, each cut to a readable length."""
    each = list(dict.fromkeys(text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…" for text in texts))
    return ", ".join([*each[:5], *(["…"] if len(each) > 5 else [])])


class _Reader(HTMLParser):
    """Collects the elements and attributes that are not allowed in a document. The editor itself never writes them."""

    ELEMENTS = frozenset(
        {"p", "h3", "h4", "blockquote", "ul", "ol", "li", "b", "i", "strong", "em", "a", "br", "span"}
        | {"table", "thead", "tbody", "tr", "td", "th", "colgroup", "col"}
    )
    LOADING = frozenset(
        {"src", "srcset", "background", "poster", "data", "action", "formaction", "xlink:href"}
    )
    WIDTH = re.compile(r"(?:(?:min-)?width: ?[\d.]+(?:px|%|em)?;? ?)*")  # as the editor writes it on tables

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.ELEMENTS:
            self.refused.append(f"<{tag}>")
        self.refused += [
            f'{name}="{value or ""}"'
            for name, value in attrs
            if self._is_refused(tag, name, (value or "").strip())
        ]

    def _is_refused(self, tag: str, name: str, value: str) -> bool:
        if name == "style":
            return not (tag in {"table", "col", "td", "th"} and self.WIDTH.fullmatch(value))
        if name == "href":
            return not value.lower().startswith(("https://", "mailto:"))
        if name in {"colspan", "rowspan"}:
            return not (value.isdecimal() and len(value) < 4 and int(value) <= MAX_SPAN)
        return name in self.LOADING or name.startswith("on")
