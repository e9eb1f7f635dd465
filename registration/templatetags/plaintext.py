"""Turn plain text of the secretariat into paragraphs with links; the template writes the markup."""

import re
from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Addresses as people paste them. A full stop or bracket after an address belongs to the sentence.
_WEB = r"https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]’']"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_LINK = re.compile(f"({_WEB}|{_MAIL})")
_STYLE = re.compile(r' style="[^"]*"')


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `address` is the link target, or empty."""

    text: str
    address: str = ""


@register.filter
def paragraphs(text: str) -> list[list[Piece]]:
    """The paragraphs of the text, each as pieces with or without an address. No piece contains markup."""
    blocks = re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n").strip())
    return [_pieces(block) for block in blocks if block]


def _pieces(block: str) -> list[Piece]:
    parts = ((part, number % 2 == 1) for number, part in enumerate(_LINK.split(block)) if part)
    return [Piece(part, _address(part) if is_link else "") for part, is_link in parts]


def _address(found: str) -> str:
    return found if "://" in found else f"mailto:{found}"


@register.filter
def without_styles(html: str) -> SafeString:
    """A mail's HTML without style attributes, which the site's content security policy forbids."""
    return mark_safe(_STYLE.sub("", html))  # noqa: S308  the mail's template has escaped its values
