"""Render the list of a delegation as PDF, while the reader waits."""

from datetime import datetime

from documents import rendering
from documents.composing.delegations import delegation_paper, with_characters_marked, with_each_character_once
from documents.rendering import RenderingError
from registration.fields import Asked
from registration.models import Delegation

__all__ = ("RenderingError", "print_delegation")


def print_delegation(delegation: Delegation, language: str, at: datetime) -> rendering.Rendered:
    """Return the list in this language, as of the moment `at`. Raises RenderingError.

    A letter with characters that no font has is refused. This list is printed with marks in their place: a
    coordinator needs the list of their own people in any case.
    """
    paper = delegation_paper(delegation, Asked(delegation.event), at, language)
    try:
        rendering.render(with_each_character_once(paper))
    except rendering.MissingGlyphs as missing:
        paper = with_characters_marked(paper, missing.characters)
    return rendering.render(paper)
