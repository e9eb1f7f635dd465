"""Filters and tags that show documents."""

from collections.abc import Iterable
from typing import Any

from babel import Locale
from django import template
from django.utils.translation import get_language

from accounts.models import User
from attachments.sizes import file_size as size_in_words
from documents.composing import Draft
from documents.models import Delivery, Document
from documents.pages.tracking import TONES
from events.models import Event
from registration.models import Delegation, Participant

register = template.Library()
_CONFIRMED = Participant.Status.CONFIRMED


@register.filter
def file_size(size: int) -> str:
    """“1.38 MB”, “1,38 MB”."""
    return size_in_words(size, get_language() or "en")


@register.filter
def by_reason(problems: Iterable[Draft | Document]) -> list[tuple[str, list[str]]]:
    """Return each reason once, the most frequent first, with the names that it concerns.

    A name has its languages behind it: “Parliament of Uruguay (English, Spanish)”.
    """
    names = Locale.parse(get_language() or "en").languages
    grouped: dict[str, dict[str, list[str]]] = {}
    for document in problems:
        for reason in document.reason.splitlines() or [""]:
            languages = grouped.setdefault(reason, {}).setdefault(_whose(document), [])
            languages.append(names[document.language])
    listed = [
        (reason, [f"{name} ({', '.join(each)})" if name else ", ".join(each) for name, each in whose.items()])
        for reason, whose in grouped.items()
    ]
    return sorted(listed, key=lambda pair: -len(pair[1]))


@register.filter
def delivery_tone(delivery: Delivery) -> str:
    """Return the colour name of the delivery's tag. The tag also says the state in words."""
    return TONES.get(delivery.state, "")


@register.filter
def in_words(changes: Iterable[Any]) -> str:
    """Return the changes of a document in words, in the active language: “new dates, new place”."""
    return ", ".join(str(change.label) for change in changes)


def _whose(document: Draft | Document) -> str:
    """Return the names of the organisation or delegation and of the person; "" for a document of the whole event."""
    about = [
        document.organisation or (document.delegation and document.delegation.name),
        document.participant,
    ]
    return " · ".join(str(part) for part in about if part)


@register.inclusion_tag("documents_desk/_for_coordinator.html")
def documents_for_coordinator(event: Event, user: User) -> dict[str, Any]:
    """List an event's documents that this coordinator may download.

    Documents about single people are left out: they are on the page of the delegation.
    """
    documents = Document.objects.for_coordinator(user).filter(event=event, participant=None)
    own = Delegation.objects.of_coordinator(user).filter(event=event, participants__status=_CONFIRMED)
    return {"documents": documents.order_by("kind", "language"), "delegations": own.distinct()}
