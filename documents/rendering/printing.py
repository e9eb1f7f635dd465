"""Prepare the texts of a snapshot for print: clean rich text, links followed by their addresses."""

import re
from dataclasses import fields, is_dataclass, replace
from html import unescape
from typing import Any

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from events.richtext import clean_or_refuse

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"(<[^>]+>)")
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.+-]+@)[^\s<]+")
_AFTER_PART = re.compile(r"(?:(?<=[/?=])|(?<=&amp;))(?=\w)")
_HEADING = re.compile(r"<(/?)h[34]>")
_LAST_WORD = re.compile(r"(?<=[\s>])([^\s<>]{5,24})(?=(?:</(?:em|strong|b|i)>)*</p>)")


def printable(value: Any) -> Any:
    """Return the snapshot with its rich text cleaned for print. The template escapes all other texts."""
    if isinstance(value, tuple):
        return tuple(printable(part) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value,
        **{
            field.name: _clean_html(part) if field.name.endswith("_html") else printable(part)
            for field in fields(value)
            if (part := getattr(value, field.name))
        },
    )


def _clean_html(html: str) -> SafeString:
    """Return clean rich text for print.

    Headings become paragraphs of the class `heading`, so that they do not disturb the outline of the paper. Each
    link is followed by its address. The last word of a paragraph is not hyphenated, because its second part would
    be a line of its own.
    """
    clean = _HEADING.sub(lambda tag: "</p>" if tag[1] else '<p class="heading">', clean_or_refuse(html))
    parts = _TAG.split(_LINK.sub(_with_address, clean))
    text = "".join(part if part.startswith("<") else _ADDRESS.sub(_with_line_breaks, part) for part in parts)
    return mark_safe(_LAST_WORD.sub(r'<span class="whole">\1</span>', text))  # noqa: S308  cleaned above


def _with_address(link: re.Match[str]) -> str:
    """Return the link, split so that each run of text is a link of its own, followed by its address.

    An element inside a link breaks the link's tag for screen readers.
    """
    runs = "".join(
        run if run.startswith("<") or not run.strip() else f'<a href="{link[1]}">{run}</a>'
        for run in _TAG.split(link[2])
    )
    address = unescape(link[1]).removeprefix("mailto:")
    if _bare_address(strip_tags(link[2])) == _bare_address(address):
        return runs
    return f'{runs} <span class="address">({escape(address)})</span>'


def _with_line_breaks(address: re.Match[str]) -> str:
    """Allow a line break only after / ? & and = of the address.

    After a hyphen at the end of a line, readers could not know whether it belongs to the address.
    """
    return _AFTER_PART.sub("\N{ZERO WIDTH SPACE}", address[0].replace("-", "-\N{WORD JOINER}"))


def _bare_address(address: str) -> str:
    return unescape(address).strip().casefold().removeprefix("https://").removeprefix("www.").rstrip("/")
