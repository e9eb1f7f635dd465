"""Rich text: clean it, limit its size, and convert it to plain text.

The size is limited because the layout of a large or deeply nested text as a PDF can take minutes.
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
MAX_TYPED = 60_000  # characters before cleaning; the HTML parser takes quadratic time for deep lists

_PARAGRAPHS = {"p", "h3", "h4", "blockquote", "table"}
_LISTS = {"ul", "ol"}
_CELLS = {"td", "th"}
_ATTRIBUTES = {  # allowed attributes with their allowed values
    "href": re.compile(r"https://[^\s/\\]\S*|mailto:[^\s/]\S*", re.IGNORECASE),
    "colspan": re.compile(r"[2-9]|1[0-2]"),
    "rowspan": re.compile(r"[2-9]|1[0-2]"),
}


def _allowed(_tag: str, name: str, value: str) -> str | None:
    """Return the value if it is allowed, otherwise None. nh3 also calls this for attributes that are not allowed."""
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
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")  # sufficient for cleaned text, in which < and > are entities
_NOTHING = re.compile(r"(?:<[^>]*>|&nbsp;|\s)*")


class RichTextRefused(ValueError):
    """A text exceeds a limit. The message is a sentence for the editor, in the active language."""


def clean_or_refuse(html: str) -> str:
    """Return the cleaned text, to be stored. Raises RichTextRefused if it exceeds a limit."""
    cleaned = _cleaned(html)
    if excess := _excess(html, cleaned):
        raise RichTextRefused(excess)
    return cleaned


def clean(html: str) -> SafeString:
    """Return safe HTML for any input. A text that exceeds a limit is reduced to plain paragraphs."""
    cleaned = _cleaned(html)
    return mark_safe(_as_paragraphs(_text(cleaned)) if _excess(html, cleaned) else cleaned)  # noqa: S308


def clean_columns(obj: Model, *fields: str) -> None:
    """Clean the columns of these translated fields. Models call it in `save`."""
    for name in (f"{field}_{code}" for field in fields for code in LANGUAGE_CODES):
        setattr(obj, name, clean(getattr(obj, name) or ""))


def plain_text(html: str, *, addresses: bool = False) -> str:
    """Return plain text, with an empty line between paragraphs and one line for each list item and table row.

    With `addresses`, the address of a link is added after it, for readers who cannot click.
    """
    return _text(_cleaned(html), addresses)


def blocks(html: str) -> list[str]:
    """Return the cleaned text as a list of its outermost blocks. Text outside any block becomes a paragraph."""
    cleaned, depth, start, found_blocks = _cleaned(html), 0, 0, []
    for tag in _TAG.finditer(cleaned):
        if tag[2] not in _PARAGRAPHS | _LISTS:
            continue
        if not tag[1]:
            if not depth:
                found_blocks.append(_as_paragraph(cleaned[start : tag.start()]))
                start = tag.start()
            depth += 1
        else:
            depth -= 1
            if not depth:
                found_blocks.append(cleaned[start : tag.end()])
                start = tag.end()
    return [block for block in (*found_blocks, _as_paragraph(cleaned[start:])) if not is_empty(block)]


def is_empty(text: str) -> bool:
    """Return True if a cleaned text or a line of plain text has no content. An empty editor sends `<p></p>`."""
    return _NOTHING.fullmatch(text) is not None


def _cleaned(html: str) -> str:
    well_formed = html[:MAX_TYPED].encode(errors="replace").decode()  # nh3 raises for a lone surrogate
    # Clean twice: misplaced elements (a link in a table in a link) are parsed differently the second time.
    return _CLEANER.clean(_CLEANER.clean(well_formed))


def _excess(typed: str, cleaned: str) -> str:
    """Return a sentence that says which limit is exceeded and what to do; "" if none is."""
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
    """Return the largest depth of nested elements."""
    depth = deepest = 0
    for closes, name in tags:
        if name != "br":
            depth += -1 if closes else 1
            deepest = max(deepest, depth)
    return deepest


def _as_paragraph(loose: str) -> str:
    return f"<p>{loose.strip()}</p>"


def _as_paragraphs(text: str) -> str:
    """Return the text as `<p>` elements, cut to MAX_BYTES."""
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
    """Converts cleaned HTML to text. Before each word, it writes the widest of the separators since the last word."""

    SPACES = ("", " ", "\n", " | ", "\n\n")

    def __init__(self, addresses: bool) -> None:
        super().__init__()
        self.written: list[str] = []
        self._addresses = addresses
        self._space = ""
        self._bullet = ""
        self._lists: list[int | None] = []  # open lists: the number of the last item, None for bullets
        self._rows = 0  # number of open rows; tables can be nested
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
        """Request a separator before the next word. In a row it is reduced to a space, in a list to a new line."""
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
