"""What a verification code certifies. Every place that holds codes answers for its own, and all are asked each time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from documents.codes import normalise
from documents.models import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """The piece of the page below verify/ that says it, what that shows, the SHA-256 of the file that was issued."""

    piece: str
    shown: dict[str, Any] = field(default_factory=dict)
    file_sha256: str = ""


def answer_of_document(code: str) -> Answer | None:
    """What was issued under the code, as it is stored."""
    made = Document.objects.done().select_related("event", "organisation")
    if document := made.filter(code=code).first():
        return Answer("answer", {"document": document}, document.file_sha256)
    return None


lookups: list[Callable[[str], Answer | None]] = [answer_of_document]
"""Each takes a code as `codes.normalise` writes it, or nothing for what is none, with the same effort either way."""


def look_up(typed: str) -> Answer | None:
    """The answer for a code in whatever form it was typed; nothing for one that was never printed."""
    code = normalise(typed)
    return next(filter(None, [answer(code) for answer in lookups]), None)
