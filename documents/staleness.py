"""Find the documents in force that no longer match the database, and say what has changed since they were made."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, cast

from django.db.models import Min, TextChoices
from django.utils.html import strip_tags
from django.utils.translation import pgettext_lazy

from documents.composing import WRITERS, NothingToWrite, Order, compose_drafts
from documents.composing.texts import ONLINE, place_name, text
from documents.models import Batch, Document
from documents.models.document import DocumentQuerySet
from documents.models.kinds import LONG, Kind
from documents.papers import IDENTITY
from events.dates import date_range, date_range_in_sentence, long_date
from events.models import Event, Organisation

# Fields of a snapshot that are not compared: they are not text, or they identify the document.
_NO_TEXT = {*IDENTITY, "kind", "version", "step", "language", "specimen", "logo", "signature", "letter_date"}
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|tr|div)>|<br\s*/?>")
_SENTENCE_END = re.compile(r"(?<=[.:;!?])\s+|\n+")
_WHOM = {"people": "participant_id", "delegations": "delegation_id"}
"""For each order option that selects people or delegations: the field of a document that holds the same key."""


class Change(TextChoices):
    """What has changed in a document. The subject of the mail with the new version says it."""

    DATES = "dates", pgettext_lazy("what a corrected letter brings", "new dates")
    PLACE = "place", pgettext_lazy("what a corrected letter brings", "new place")
    DEADLINE = "deadline", pgettext_lazy("what a corrected letter brings", "new deadline")
    TEXT = "text", pgettext_lazy("what a corrected letter brings", "corrected text")


@dataclass(frozen=True, slots=True)
class Stale:
    """A document in force that would be written differently today.

    `before` holds the sentences that would disappear, `after` the new ones. If the document cannot be written
    again at all, `reason` says why and the other fields are empty.
    """

    document: Document
    changes: tuple[Change, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    reason: str = ""


def find_stale(documents: DocumentQuerySet) -> list[Stale]:
    """Return the documents in force whose text no longer matches the database.

    The function composes each text again and renders none. Lists of participants and badges are left out, because
    they change every day.
    """
    current = documents.current().exclude(kind__in=LONG).exclude(last_batch=None)
    ordered = current.select_related("organisation").order_by("kind", "subject", "language")
    # Prefetched rather than joined: an order of hundreds of documents is then read only once.
    ordered = ordered.prefetch_related("last_batch__event")
    return [
        stale
        for group in group_by_order(ordered)
        if Kind(group[0].kind) in WRITERS
        for stale in _find_changed(group)
    ]


def group_by_order(documents: Iterable[Document]) -> list[list[Document]]:
    """Return the documents in groups, so that one order could create all documents of a group.

    The documents of a group may come from many orders: delegations order their papers one by one, and composing
    hundreds of them order by order would take minutes.
    """
    groups: dict[object, list[Document]] = defaultdict(list)
    for document in documents:
        batch = _last_order(document)
        whom = tuple(name for name in _WHOM if name in batch.options)
        rest = json.dumps(
            {name: value for name, value in batch.options.items() if name not in whom}, sort_keys=True
        )
        groups[
            batch.event_id, document.kind, document.language, batch.chambers, batch.date, whom, rest
        ].append(document)
    return list(groups.values())


def find_event_changes(event: Event) -> tuple[Change, ...]:
    """Return what has changed for all letters of the event.

    The function checks only one document of each group. That is fast, and a changed fact shows in every letter.
    """
    current = event.documents.current().exclude(kind__in=LONG).exclude(last_batch=None)
    first = current.order_by().values("last_batch", "kind", "language").annotate(first=Min("pk"))
    of_each_order = event.documents.filter(pk__in=first.values("first")).select_related("last_batch")
    samples = [group[0].pk for group in group_by_order(of_each_order.defer("snapshot"))]
    return sort_changes(
        change for stale in find_stale(event.documents.filter(pk__in=samples)) for change in stale.changes
    )


def order_for(documents: Sequence[Document]) -> Order:
    """Return an order that would create these documents and no others. They must be one group of `group_by_order`."""
    former = _last_order(documents[0])
    options = {**former.options}
    for name, field in _WHOM.items():
        if name in options:
            options[name] = sorted({getattr(document, field) for document in documents} - {None})
    bodies = Organisation.objects.filter(pk__in={document.organisation_id for document in documents})
    language = documents[0].language
    return replace(Order.from_batch(former), languages=language, options=options, organisations=bodies)


def sort_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes without repetition, the most important first."""
    unsorted = set(changes)
    return tuple(change for change in Change if change in unsorted)


def sentences(snapshot: Mapping[str, Any]) -> list[str]:
    """Return the text of a snapshot as a list of different sentences, without identifiers and without markup."""
    lines = (line for value in _texts(snapshot) for line in _SENTENCE_END.split(value))
    return list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def _last_order(document: Document) -> Batch:
    """Return the order that created the document or asked for it last."""
    return cast(Batch, document.last_batch)


def _find_changed(documents: Sequence[Document]) -> Iterator[Stale]:
    """Yield the documents whose text has changed. They must be one group of `group_by_order`."""
    order = order_for(documents)
    try:
        written = {draft.key: draft for draft in compose_drafts(order)}
    except NothingToWrite:
        return
    language = order.languages
    words = _facts(order.event, language)
    for document in documents:
        draft = written.get((document.subject, document.language))
        if draft is None:
            continue
        if draft.paper is None:
            yield Stale(document, reason=draft.reason)
            continue
        before, after = sentences(document.snapshot), sentences(draft.paper.to_dict())
        gone = tuple(sentence for sentence in before if sentence not in after)
        new = tuple(sentence for sentence in after if sentence not in before)
        if gone or new:
            yield Stale(document, _changes(before, new, words), gone, new)


def _changes(
    before: Sequence[str], new: Sequence[str], words: Mapping[Change, Sequence[str]]
) -> tuple[Change, ...]:
    """Return which kinds of change the new sentences contain.

    `words` holds the current wording of each fact. A fact has changed if a new sentence contains its wording and
    the old text did not. Any other new sentence counts as corrected text.
    """
    old = "\n".join(before)
    fresh = {change: [form for form in forms if form not in old] for change, forms in words.items()}
    changes, explained = set(), set()
    for sentence in new:
        for change, forms in fresh.items():
            if any(form in sentence for form in forms):
                changes.add(change)
                explained.add(sentence)
    if not changes or set(new) - explained:
        changes.add(Change.TEXT)
    return sort_changes(changes)


def _facts(event: Event, language: str) -> dict[Change, list[str]]:
    """Return the wordings in which papers print the dates, the place and the deadlines of the event."""
    first, last = event.first_day, event.last_day
    places = [place_name(event, language), text(event, "venue", language), text(event, "city", language)]
    if event.mode != Event.Mode.IN_PERSON:
        places.append(ONLINE[language])
    days = {window.last_day for window in event.windows.all()}
    return {
        Change.DATES: [
            date_range_in_sentence(first, last, language),
            date_range(first, last, language),
            date_range(first, last, language, weekdays=True),
        ],
        Change.PLACE: [one for one in places if one],
        Change.DEADLINE: [
            long_date(day, language, weekday=weekday) for day in days for weekday in (True, False)
        ],
    }


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name not in _NO_TEXT:
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        if "<" in value:  # rich text: a block element ends a line
            value = _BLOCK_END.sub("\n", " ".join(value.split()))
        yield unescape(strip_tags(value))
