"""A snapshot's words as they are printed: rich text made safe, links with their addresses."""

import re
from dataclasses import fields, is_dataclass, replace
from html import unescape
from typing import Any

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from events.richtext import check

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"(<[^>]+>)")
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.+-]+@)[^\s<]+")
_AFTER_PART = re.compile(r"(?:(?<=[/?=])|(?<=&amp;))(?=\w)")
_HEADING = re.compile(r"<(/?)h[34]>")
_LAST_WORD = re.compile(r"(?<=[\s>])([^\s<>]{5,24})(?=(?:</(?:em|strong|b|i)>)*</p>)")


def printable(value: Any) -> Any:
    """The snapshot with its rich text made safe and fit for paper; all else is escaped by the template."""
    if isinstance(value, tuple):
        return tuple(printable(part) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value,
        **{
            field.name: _on_paper(part) if field.name.endswith("_html") else printable(part)
            for field in fields(value)
            if (part := getattr(value, field.name))
        },
    )


def _on_paper(html: str) -> SafeString:
    """Clean rich text whose headings do not break the outline and whose links are followed by their address.

    The last word of a paragraph stays whole: the end of a word is no line.
    """
    clean = _HEADING.sub(lambda tag: "</p>" if tag[1] else '<p class="heading">', check(html))
    parts = _TAG.split(_LINK.sub(_with_address, clean))
    text = "".join(part if part.startswith("<") else _ADDRESS.sub(_breakable, part) for part in parts)
    return mark_safe(_LAST_WORD.sub(r'<span class="whole">\1</span>', text))  # noqa: S308  cleaned above


def _with_address(link: re.Match[str]) -> str:
    """Each run of text a link of its own, for a tag inside a link breaks its tags for screen readers; the address."""
    runs = "".join(
        run if run.startswith("<") or not run.strip() else f'<a href="{link[1]}">{run}</a>'
        for run in _TAG.split(link[2])
    )
    address = unescape(link[1]).removeprefix("mailto:")
    if _bare(strip_tags(link[2])) == _bare(address):
        return runs
    return f'{runs} <span class="address">({escape(address)})</span>'


def _breakable(address: re.Match[str]) -> str:
    """Broken after its own / ? & = only: of a hyphen that ends a line nobody knows whether it belongs to it."""
    return _AFTER_PART.sub("\N{ZERO WIDTH SPACE}", address[0].replace("-", "-\N{WORD JOINER}"))


def _bare(address: str) -> str:
    return unescape(address).strip().casefold().removeprefix("https://").removeprefix("www.").rstrip("/")
