"""How small a paper is set: a letter so that it and its neighbours are one page, an aide-memoire to save one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from django.utils.html import strip_tags

from accounts.language import LANGUAGE_CODES
from documents import rendering
from documents.codes import verify_address
from documents.composing import Draft, Order, drafts
from documents.models import Kind
from documents.models.kinds import LONG
from documents.papers import LetterSnapshot, Paper, SnapshotError
from documents.services.images import bytes_of
from events.models import Organisation

_LONGEST = 3  # letters of each language whose pages are counted: how long one is, is only estimated
_ADDRESSEE_WIDTH, _BODY_WIDTH = 55, 95  # characters of a line at the largest size, about


def fitting_steps(order: Order, written: Sequence[Draft]) -> dict[str, int]:
    """In each language the step of size for the drafts of an order: for letters the largest at which they are one page.

    Decided by the longest of them; invitations by the longest letters to all invited bodies, whatever part of them
    this order asks for: a letter made alone months later is set like the others.
    """
    if order.kind in LONG:
        return {}  # of one size, and long to write
    if not order.kind.needs_template:
        return {one.language: _shortest_step(one.paper) for one in written if one.paper}
    if order.kind == Kind.INVITATION:
        written = _to_all_invited(order, written)
    return steps_of([one.paper for one in written if isinstance(one.paper, LetterSnapshot)])


def steps_of(letters: Iterable[LetterSnapshot]) -> dict[str, int]:
    """In each language the largest step at which the longest of these letters are one page.

    Where those need two pages at any step, the letter of middling length decides; where that one does too, none is
    made small.
    """
    longest_first = sorted(letters, key=_lines, reverse=True)
    steps = {}
    for language in LANGUAGE_CODES:
        those = [letter for letter in longest_first if letter.language == language]
        middling = those[len(those) // 2 :][:1]
        found = (_first_step(some) for some in (those[:_LONGEST], middling))
        steps[language] = next((step for step in found if step is not None), 0)
    return steps


def _to_all_invited(order: Order, written: Sequence[Draft]) -> Sequence[Draft]:
    """The letters that an order for everybody would ask for; most orders are, and theirs are written already."""
    invited = Organisation.objects.filter(invitations__event=order.event)
    everybody = Order(order.event, order.kind, order.date, organisations=invited)
    asked = {one.organisation.pk for one in written if one.organisation}
    is_for_all = asked == set(invited.values_list("pk", flat=True))
    if is_for_all and (order.languages, order.chambers) == (everybody.languages, everybody.chambers):
        return written
    return drafts(everybody)


def fitted(paper: Paper, in_hand: Mapping[str, bytes]) -> Paper:
    """The paper at the step at which it takes as few pages as at any, as if it were made alone."""
    shown = partial(_pages, paper, in_hand=in_hand)
    return replace(paper, step=min(paper.steps, key=shown)) if len(paper.steps) > 1 else paper


def _shortest_step(paper: Paper) -> int:
    """The first step at which it takes as few pages as at any."""
    if len(paper.steps) == 1:
        return paper.steps[0]
    try:
        return min(paper.steps, key=lambda step: _pages(paper, step))
    except (rendering.RenderingError, SnapshotError, OSError):
        return 0  # it will fail by itself


def _first_step(letters: list[LetterSnapshot]) -> int | None:
    """The first step at which all of them are one page, or nothing."""
    return next((step for step in LetterSnapshot.steps if all(_fits(one, step) for one in letters)), None)


def _lines(letter: LetterSnapshot) -> float:
    """About how many lines differ from letter to letter: addressee, salutations, body."""
    addressee = sum(1 + len(line) // _ADDRESSEE_WIDTH for line in letter.addressee_lines)
    return addressee + len(letter.salutation_lines) + len(strip_tags(letter.body_html)) / _BODY_WIDTH


def _fits(letter: LetterSnapshot, step: int) -> bool:
    try:
        return _pages(letter, step) == 1
    except (rendering.RenderingError, SnapshotError, OSError):
        return True  # it will fail by itself, and must not decide for the others


def _pages(paper: Paper, step: int, in_hand: Mapping[str, bytes] = MappingProxyType({})) -> int:
    return rendering.pages_at(with_code(paper), step, bytes_of(paper, in_hand))


def with_code(paper: Paper) -> Paper:
    """The paper as long as it will be, once it has reference and code."""
    code = "-".join(["0000"] * 4)
    return replace(paper, reference="0" * 30, code=code, verify_url=verify_address(code))
