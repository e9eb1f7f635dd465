"""Choose the text size of a paper, so that a letter fits on one page and other papers take as few pages as possible."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from django.utils.html import strip_tags

from accounts.language import LANGUAGE_CODES
from documents import rendering
from documents.codes import verify_address
from documents.composing import Draft, Order, compose_drafts
from documents.models import Kind
from documents.models.kinds import LONG
from documents.papers import LetterSnapshot, Paper, SnapshotError
from documents.services.images import picture_bytes
from events.models import Organisation

# Letters of each language that are laid out to count their pages. More than one, because `_lines` only estimates.
_LONGEST = 3
_ADDRESSEE_WIDTH, _BODY_WIDTH = 55, 95  # approximate characters per line at the largest size


def fitting_steps(order: Order, written: Sequence[Draft]) -> dict[str, int]:
    """Return the size step for each language of an order's drafts. Step 0 is the largest size.

    For letters, the function takes the largest size at which the longest letters fit on one page; for other
    papers, the first size with the smallest number of pages. For invitations it measures the letters to all
    invited bodies, even if the order asks for only some of them: a letter that is ordered months later then has
    the same size as the others.
    """
    if order.kind in LONG:
        return {}  # these kinds have one size only, and composing them takes long
    if not order.kind.needs_template:
        return {one.language: _shortest_step(one.paper) for one in written if one.paper}
    if order.kind == Kind.INVITATION:
        written = _drafts_to_all_invited(order, written)
    return largest_steps([one.paper for one in written if isinstance(one.paper, LetterSnapshot)])


def largest_steps(letters: Iterable[LetterSnapshot]) -> dict[str, int]:
    """Return, for each language, the largest size step at which the longest letters fit on one page.

    If the longest letters need two pages at every step, the letter of median length decides. If that letter needs
    two pages as well, the step is 0: a smaller size would gain nothing.
    """
    longest_first = sorted(letters, key=_lines, reverse=True)
    steps = {}
    for language in LANGUAGE_CODES:
        same_language = [letter for letter in longest_first if letter.language == language]
        middling = same_language[len(same_language) // 2 :][:1]
        steps_found = (_first_step(some) for some in (same_language[:_LONGEST], middling))
        steps[language] = next((step for step in steps_found if step is not None), 0)
    return steps


def _drafts_to_all_invited(order: Order, written: Sequence[Draft]) -> Sequence[Draft]:
    """Return the drafts of an order to all invited bodies.

    Most orders are for all bodies: `written` is then returned as it is, and nothing is composed twice.
    """
    invited = Organisation.objects.filter(invitations__event=order.event)
    everybody = Order(order.event, order.kind, order.date, organisations=invited)
    asked = {one.organisation.pk for one in written if one.organisation}
    is_for_all = asked == set(invited.values_list("pk", flat=True))
    if is_for_all and (order.languages, order.chambers) == (everybody.languages, everybody.chambers):
        return written
    return compose_drafts(everybody)


def with_fewest_pages(paper: Paper, in_hand: Mapping[str, bytes]) -> Paper:
    """Return the paper at the first step with the smallest number of pages, measured on this paper only."""
    count_pages = partial(_pages, paper, in_hand=in_hand)
    return replace(paper, step=min(paper.steps, key=count_pages)) if len(paper.steps) > 1 else paper


def _shortest_step(paper: Paper) -> int:
    """Return the first step with the smallest number of pages."""
    if len(paper.steps) == 1:
        return paper.steps[0]
    try:
        return min(paper.steps, key=lambda step: _pages(paper, step))
    except (rendering.RenderingError, SnapshotError, OSError):
        return 0  # the rendering job of this paper will report the error


def _first_step(letters: list[LetterSnapshot]) -> int | None:
    """Return the first step at which each of the letters fits on one page, or None."""
    return next((step for step in LetterSnapshot.steps if all(_fits(one, step) for one in letters)), None)


def _lines(letter: LetterSnapshot) -> float:
    """Return the approximate number of lines of the parts that differ: addressee, salutations, body."""
    addressee = sum(1 + len(line) // _ADDRESSEE_WIDTH for line in letter.addressee_lines)
    return addressee + len(letter.salutation_lines) + len(strip_tags(letter.body_html)) / _BODY_WIDTH


def _fits(letter: LetterSnapshot, step: int) -> bool:
    try:
        return _pages(letter, step) == 1
    except (rendering.RenderingError, SnapshotError, OSError):
        # The rendering job of this letter will report the error. It must not change the size of the other letters.
        return True


def _pages(paper: Paper, step: int, in_hand: Mapping[str, bytes] = MappingProxyType({})) -> int:
    return rendering.pages_at(with_code(paper), step, picture_bytes(paper, in_hand))


def with_code(paper: Paper) -> Paper:
    """Return the paper with a placeholder reference and code, so that it is as long as the final paper."""
    code = "-".join(["0000"] * 4)
    return replace(paper, reference="0" * 30, code=code, verify_url=verify_address(code))
