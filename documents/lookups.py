"""Find what a verification code certifies. Documents and badges each have a lookup, and all are asked every time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from documents.codes import normalise
from documents.composing.people import initials_and_country
from documents.models import Badge, Document
from registration.models import Participant


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for a code.

    `template` is its template below verify/, `context` the context, `file_sha256` the hash of the file that was
    issued.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    file_sha256: str = ""


def find_document(code: str) -> Answer | None:
    """Return the answer for the document with this code, or None."""
    made = Document.objects.done().select_related("event", "organisation")
    if document := made.filter(code=code).first():
        return Answer("answer", {"document": document}, document.file_sha256)
    return None


def find_badge(code: str) -> Answer | None:
    """Return the answer for the printed badge with this code, or None."""
    printed = Badge.objects.printed().select_related(
        "event", "sheet", "participant__delegation__organisation"
    )
    if badge := printed.filter(code=code).first():
        return Answer(
            "badge", {"badge": badge, "holder": lazy(_holder_in_active_language, str)(badge.participant)}
        )
    return None


def _holder_in_active_language(person: Participant | None) -> str:
    """Return initials and country, in the language that is active when the text is shown."""
    return initials_and_country(person, get_language() or "en") if person and not person.erased_at else ""


lookups: list[Callable[[str], Answer | None]] = [find_document, find_badge]
"""Each takes a code from `codes.normalise`, or "". All run for any code, so that the time reveals nothing."""


def find_by_code(typed: str) -> Answer | None:
    """Return the answer for a code as somebody typed it, or None if no such code was printed."""
    code = normalise(typed)
    return next(filter(None, [answer(code) for answer in lookups]), None)
