"""Search rows with the field `q`, and tick them in the field `picked`."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from events.search import fold


def rows_to_tick(
    form: forms.Form, rows: Iterable[Any], *, key: Callable[[Any], str], text: Callable[[Any], str]
) -> list[tuple[str, Any, bool]]:
    """Return the rows to show as (key, row, is ticked): first the ticked ones, then those whose text matches `q`."""
    ticked = {str(value) for value in form["picked"].value() or []}
    words = fold(form["q"].value() or "").split()
    keyed = [(key(one), one) for one in rows]
    matching = [one for one in keyed if one[0] not in ticked and words and _matches(text(one[1]), words)]
    return [(*one, True) for one in keyed if one[0] in ticked] + [(*one, False) for one in matching]


def _matches(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)
