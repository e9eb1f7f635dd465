"""What a verification code certifies. Every place that holds codes answers for its own, and all are asked each time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from documents.codes import normalise
from documents.composing.people import holder
from documents.models import Badge, Document
from registration.models import Participant


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


def answer_of_badge(code: str) -> Answer | None:
    """The badge that was printed with the code."""
    printed = Badge.objects.printed().select_related(
        "event", "sheet", "participant__delegation__organisation"
    )
    if badge := printed.filter(code=code).first():
        return Answer("badge", {"badge": badge, "holder": lazy(_holder, str)(badge.participant)})
    return None


def _holder(person: Participant | None) -> str:
    """Initials and country in the language of the part of the page."""
    return holder(person, get_language() or "en") if person and not person.erased_at else ""


lookups: list[Callable[[str], Answer | None]] = [answer_of_document, answer_of_badge]
"""Each takes a code as `codes.normalise` writes it, or nothing for what is none, with the same effort either way."""


def look_up(typed: str) -> Answer | None:
    """The answer for a code in whatever form it was typed; nothing for one that was never printed."""
    code = normalise(typed)
    return next(filter(None, [answer(code) for answer in lookups]), None)
