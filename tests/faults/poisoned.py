"""Letters that cannot be made, each for another reason, and the error codes that the worker must record.

Five of them have wrong content. For the others, WeasyPrint fails: see tests.faults.engine.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from documents import store
from documents.models import Document
from tests.faults.engine import MARK

SETTINGS = "tests.faults.settings"  # settings of the workers
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://other.example/a.png"/></svg>'
PARAGRAPH = "<p>" + "word " * 60 + "</p>"
UNPRINTABLE = "\N{EGYPTIAN HIEROGLYPH A001}\ue000"


def ask_for(act: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return a change that makes WeasyPrint perform this act when it renders the letter."""
    return lambda letter: {"title": f"{MARK}{act}."}


def with_logo(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda letter: {"letterhead": letter["letterhead"] | {"logo": name}}


def with_pages(number: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda letter: {"body_html": PARAGRAPH * 12 * number}


def with_outside_picture(letter: dict[str, Any]) -> dict[str, Any]:
    """Store a logo that loads a picture from another site, and return the changed letter."""
    store.save(lambda file: file.write(SVG))
    return with_logo(f"{hashlib.sha256(SVG).hexdigest()}.svg")(letter)


# By name: a function that returns the changes of the letter, and the expected error code.
POISONS: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], str]] = {
    "endless layout": (ask_for("loop"), "too_long"),
    "exception": (ask_for("raise"), "unexpected"),
    "missing asset": (with_logo("0" * 64 + ".jpg"), "storage"),
    "memory": (ask_for("eat"), "no_memory"),
    "missing glyph": (lambda letter: {"closing": UNPRINTABLE}, "missing_glyphs"),
    "3,000 pages": (with_pages(3000), "too_large"),
    "hard limit": (ask_for("hang"), "too_long"),
    "bad template": (lambda letter: {"version": 99}, "unreadable"),
    "refused address": (with_outside_picture, "unreadable"),
    "disk full": (ask_for("fill"), "no_room"),
}


def poison(letters: Sequence[Document], names: Collection[str]) -> dict[str, Document]:
    """Poison some of the waiting letters, far from each other. Return them by the name of their poison."""
    chosen = dict(zip(names, letters[:: len(letters) // len(names)], strict=False))
    for name, letter in chosen.items():
        change, _code = POISONS[name]
        Document.objects.filter(pk=letter.pk).update(snapshot=letter.snapshot | change(letter.snapshot))
    return chosen


def expected_codes(poisoned: Mapping[str, Document]) -> dict[str, str]:
    """Return the expected error code of each letter, by the name of its poison."""
    return {name: POISONS[name][1] for name in poisoned}


def actual_codes(poisoned: Mapping[str, Document]) -> dict[str, str]:
    """Return the error code of each letter, or "" if the letter has no reason in words."""
    ended = {name: Document.objects.get(pk=letter.pk) for name, letter in poisoned.items()}
    return {name: one.error_code if one.reason else "" for name, one in ended.items()}
