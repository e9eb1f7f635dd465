"""Rich text from editors: what may stand in it, how large it may be, and what it says as plain text.

The bounds are there because a body that is quick to write can take minutes to lay out on paper.
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3
from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES

MAX_BYTES = 30_000
MAX_DEPTH = 20
MAX_CELLS = 300
MAX_TYPED = 60_000  # characters before cleaning: deep lists cost the HTML parser quadratic time

_PARAGRAPHS = {"p", "h3", "h4", "blockquote", "table"}
_LISTS = {"ul", "ol"}
_CELLS = {"td", "th"}
_ATTRIBUTES = {  # and the values that each may have
    "href": re.compile(r"https://[^\s/\\]\S*|mailto:[^\s/]\S*", re.IGNORECASE),
    "colspan": re.compile(r"[2-9]|1[0-2]"),
    "rowspan": re.compile(r"[2-9]|1[0-2]"),
}


def _allowed(_tag: str, name: str, value: str) -> str | None:
    """The value if the attribute may have it. nh3 asks for attributes too that are not allowed at all."""
    values = _ATTRIBUTES.get(name)
    return value if values and values.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags={*_PARAGRAPHS, *_LISTS, *_CELLS, "li", "b", "i", "strong", "em", "a", "br", "thead", "tbody", "tr"},
    clean_content_tags={"script", "style", "svg", "math", "template", "iframe", "textarea", "title"},
    attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    attribute_filter=_allowed,
    url_schemes={"https", "mailto"},
    link_rel=None,
)
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")  # enough for cleaned text, where a < or > of the text is an entity
_NOTHING = re.compile(r"(?:<[^>]*>|&nbsp;|\s)*")


class RichTextRefused(ValueError):
    """A body beyond the bounds. Its text is a sentence for the editor, in the active language."""


def check(html: str) -> str:
    """The cleaned body, to be stored. Raises RichTextRefused beyond the bounds."""
    cleaned = _cleaned(html)
    if excess := _excess(html, cleaned):
        raise RichTextRefused(excess)
    return cleaned


def clean(html: str) -> SafeString:
    """Safe HTML for a page, whatever comes in; a body beyond the bounds is cut to its text in paragraphs."""
    cleaned = _cleaned(html)
    return mark_safe(_as_paragraphs(_text(cleaned)) if _excess(html, cleaned) else cleaned)  # noqa: S308


def clean_columns(obj: Model, *fields: str) -> None:
    """Clean the columns of these translated fields, whatever way the row is about to be written."""
    for name in (f"{field}_{code}" for field in fields for code in LANGUAGE_CODES):
        setattr(obj, name, clean(getattr(obj, name) or ""))


def plain(html: str, *, addresses: bool = False) -> str:
    """The text alone: an empty line between paragraphs, a line for each list item and table row.

    With `addresses` a link is followed by where it leads, for a reader who cannot click it.
    """
    return _text(_cleaned(html), addresses)


def blocks(html: str) -> list[str]:
    """The cleaned body cut into its outermost paragraphs, headings, lists and tables; loose text is a paragraph."""
    cleaned, depth, start, found = _cleaned(html), 0, 0, []
    for tag in _TAG.finditer(cleaned):
        if tag[2] not in _PARAGRAPHS | _LISTS:
            continue
        if not tag[1]:
            if not depth:
                found.append(_as_paragraph(cleaned[start : tag.start()]))
                start = tag.start()
            depth += 1
        else:
            depth -= 1
            if not depth:
                found.append(cleaned[start : tag.end()])
                start = tag.end()
    return [block for block in (*found, _as_paragraph(cleaned[start:])) if not is_empty(block)]


def is_empty(text: str) -> bool:
    """True when a cleaned body, or a line of plain text, says nothing: an empty editor sends `<p></p>`."""
    return _NOTHING.fullmatch(text) is not None


def _cleaned(html: str) -> str:
    well_formed = html[:MAX_TYPED].encode(errors="replace").decode()  # nh3 raises on half a surrogate pair
    # Misplaced elements (a link in a table in a link) read back differently once written: twice settles them.
    return _CLEANER.clean(_CLEANER.clean(well_formed))


def _excess(typed: str, cleaned: str) -> str:
    """The sentence that says which bound is exceeded, and what to do; empty when none is."""
    if len(typed) > MAX_TYPED or len(cleaned.encode()) > MAX_BYTES:
        return _(
            "This text is too long: it may have %(limit)d characters with its formatting. "
            "Shorten it, or attach it as a file."
        ) % {"limit": MAX_BYTES}
    tags = _TAG.findall(cleaned)
    if _depth(tags) > MAX_DEPTH:
        return _("Lists, tables or quotations in this text are nested too deeply. Use fewer levels.")
    if sum(not closes and name in _CELLS for closes, name in tags) > MAX_CELLS:
        return _("The tables in this text have more than %(limit)d cells. Attach them as a file instead.") % {
            "limit": MAX_CELLS
        }
    return ""


def _depth(tags: list[tuple[str, str]]) -> int:
    """How many elements stand inside one another at the deepest place."""
    depth = deepest = 0
    for closes, name in tags:
        if name != "br":
            depth += -1 if closes else 1
            deepest = max(deepest, depth)
    return deepest


def _as_paragraph(loose: str) -> str:
    return f"<p>{loose.strip()}</p>"


def _as_paragraphs(text: str) -> str:
    """The text as `<p>` elements, cut to the bound."""
    while True:
        html = "<p>" + escape(text, quote=False).replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>"
        if (size := len(html.encode())) <= MAX_BYTES:
            return html
        text = text[: len(text) * MAX_BYTES // size]


def _text(cleaned: str, addresses: bool = False) -> str:
    reader = _Reader(addresses)
    reader.feed(cleaned)
    reader.close()
    return "".join(reader.written)


class _Reader(HTMLParser):
    """Writes cleaned HTML down as text. Of the spaces met, the widest is written, before the next word."""

    SPACES = ("", " ", "\n", " | ", "\n\n")

    def __init__(self, addresses: bool) -> None:
        super().__init__()
        self.written: list[str] = []
        self._addresses = addresses
        self._space = ""
        self._bullet = ""
        self._lists: list[int | None] = []  # the open ones: the number of the last item, None for bullets
        self._rows = 0  # the open ones: tables stand in cells too
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PARAGRAPHS or tag in _LISTS:
            self._leave("\n\n")
        elif tag in {"li", "tr", "br"}:
            self._leave("\n")
        if tag in _LISTS:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._bullet = self._next_bullet()
        elif tag == "tr":
            self._rows += 1
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _LISTS:
            self._lists.pop()
        elif tag == "li":
            self._bullet = ""
        elif tag == "tr":
            self._rows -= 1
            self._space = ""
        elif tag in _CELLS:
            self._space = " | "
        elif tag == "a":
            self._write_address()
        if tag in _PARAGRAPHS or tag in _LISTS:
            self._leave("\n\n")
        elif tag in {"li", "tr"}:
            self._leave("\n")

    def handle_data(self, data: str) -> None:
        if data[0].isspace():
            self._leave(" ")
        if words := " ".join(data.split()):
            self.written += [self._space if self.written else "", self._bullet, words]
            self._space = " " if data[-1].isspace() else ""
            self._bullet = ""

    def _leave(self, space: str) -> None:
        """Ask for a space before the next word: in a row it stays a blank, in a list a new line."""
        if self._rows:
            space = " "
        elif self._lists and space == "\n\n":
            space = "\n"
        self._space = max(self._space, space, key=self.SPACES.index)

    def _next_bullet(self) -> str:
        if not self._lists:
            return "- "
        indent = "  " * (len(self._lists) - 1)
        if (number := self._lists[-1]) is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number + 1}. "

    def _write_address(self) -> None:
        address = self._address.removeprefix("mailto:")
        if self._addresses and address and self.written and address not in self.written[-1]:
            self.written.append(f" ({address})")
        self._address = ""
