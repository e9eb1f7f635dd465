"""How templates show documents."""

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
    """Each reason once, with whom it concerns: “Parliament of Uruguay (English, Spanish)”. The most frequent first."""
    names = Locale.parse(get_language() or "en").languages
    grouped: dict[str, dict[str, list[str]]] = {}
    for one in problems:
        for reason in one.reason.splitlines() or [""]:
            languages = grouped.setdefault(reason, {}).setdefault(_whose(one), [])
            languages.append(names[one.language])
    listed = [
        (reason, [f"{name} ({', '.join(each)})" if name else ", ".join(each) for name, each in whose.items()])
        for reason, whose in grouped.items()
    ]
    return sorted(listed, key=lambda pair: -len(pair[1]))


@register.filter
def delivery_tone(delivery: Delivery) -> str:
    """The tone of its tag, which only repeats the word."""
    return TONES.get(delivery.state, "")


@register.filter
def in_words(changes: Iterable[Any]) -> str:
    """“new dates, new place”: what has changed in a document, in the language of the text."""
    return ", ".join(str(change.label) for change in changes)


def _whose(one: Draft | Document) -> str:
    """Of whom the document would be; empty for one of the whole event."""
    about = [one.organisation or (one.delegation and one.delegation.name), one.participant]
    return " · ".join(str(part) for part in about if part)


@register.inclusion_tag("documents_desk/_for_coordinator.html")
def documents_for_coordinator(event: Event, user: User) -> dict[str, Any]:
    """What a coordinator may take away of an event; papers about single people are on the page of their delegation."""
    documents = Document.objects.for_coordinator(user).filter(event=event, participant=None)
    own = Delegation.objects.of_coordinator(user).filter(event=event, participants__status=_CONFIRMED)
    return {"documents": documents.order_by("kind", "language"), "delegations": own.distinct()}
