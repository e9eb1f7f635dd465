"""A delegation's own list as PDF, made while its reader waits."""

from datetime import datetime

from documents import rendering
from documents.composing.delegations import delegation_paper, signs_of, with_marks
from documents.rendering import RenderingError
from registration.fields import Asked
from registration.models import Delegation

__all__ = ("RenderingError", "print_delegation")


def print_delegation(delegation: Delegation, language: str, at: datetime) -> rendering.Rendered:
    """The list in that language as of that moment. Raises RenderingError.

    A name in a script without a font is printed with marks: a letter is refused then, but nobody would thank us for
    refusing a coordinator the list of their own people.
    """
    paper = delegation_paper(delegation, Asked(delegation.event), at, language)
    try:
        rendering.render(signs_of(paper))
    except rendering.MissingGlyphs as missing:
        paper = with_marks(paper, missing.characters)
    return rendering.render(paper)
