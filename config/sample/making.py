"""Have the workers make the demo's documents: a letter for each member parliament, and all other kinds."""

import json
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from config.sample import e_parliament_2021, montevideo_2013
from documents import services, store
from documents.composing import Order
from documents.composing.people import chosen_people, missing_for_document
from documents.models import Batch, Document, Kind, MergedFile
from events.models import Event, Organisation
from jobs.models import WAITING, OutgoingMail, State
from registration.models import Participant

REPORT = Path("var/demo-report.json")
FOLDER = Path("var/demo")
PATIENCE = 1800  # seconds without any progress after which the demo gives up
DATES = {
    "montevideo-2013": montevideo_2013.EVENT["first_day"],
    "e-parliament-2021": e_parliament_2021.LETTER_DATE,
}

Progress = Callable[[int, int], None]


class Stuck(Exception):
    """No document was finished for PATIENCE seconds; probably no worker is running."""


def order(*, actor: User, today: date) -> list[Batch]:
    """Order all documents of the demo and return their batches. Batches of an earlier demo are used again."""
    events = {event.slug: event for event in Event.objects.filter(slug__in={slug for slug, _kind in ORDERS})}
    return [
        _asked(events[slug], kind)
        or services.order_batch(
            event=events[slug], kind=kind, date=DATES.get(slug, today), actor=actor, **choices(events[slug])
        )
        for (slug, kind), choices in ORDERS.items()
    ]


def _asked(event: Event, kind: Kind) -> Batch | None:
    return event.batches.filter(kind=kind).order_by("pk").first()


def _both(_event: Event) -> dict[str, Any]:
    return {"languages": Batch.Languages.BOTH}


def _all_invited(event: Event) -> dict[str, Any]:
    return {"organisations": Organisation.objects.filter(invitations__event=event)}


def _with_panellists(event: Event) -> dict[str, Any]:
    return _both(event) | {"options": {"panellists": True}}


def _with_annotations(event: Event) -> dict[str, Any]:
    return _both(event) | {"options": {"annotated": True}}


def _with_photographs(_event: Event) -> dict[str, Any]:
    badges = {"form": "a6", "photos": True, "blanks": 4, "blank_role": Participant.Role.GUEST.value}
    return {"languages": Batch.Languages.EN, "options": badges}


def _as_held(event: Event) -> dict[str, Any]:
    return _both(event) | {"options": {"panellists": True, "final": True}}


def _up_to_now(event: Event) -> dict[str, Any]:
    cut_off = timezone.now().astimezone(event.tz).replace(second=0, microsecond=0)
    return _both(event) | {"options": {"cut_off": cut_off.isoformat()}}


def _with_passport(event: Event) -> dict[str, Any]:
    """Choose the people for whom no information for a visa-support letter is missing."""
    order = Order(event, Kind.VISA_LETTER, event.first_day)
    ready = [
        one.pk
        for one in chosen_people(order)
        if not any(missing_for_document(one, Kind.VISA_LETTER, noted=False))
    ]
    return {"options": {"people": ready}}


ORDERS: dict[tuple[str, Kind], Callable[[Event], dict[str, Any]]] = {
    ("montevideo-2013", Kind.AIDE_MEMOIRE): _both,
    ("e-parliament-2021", Kind.AIDE_MEMOIRE): _both,
    ("e-parliament-2021", Kind.INVITATION): _all_invited,
    ("e-parliament-2021", Kind.PROGRAMME): _as_held,
    ("e-parliament-2021", Kind.PRACTICAL_NOTE): _both,
    ("open-workshop", Kind.AIDE_MEMOIRE): _both,
    ("open-workshop", Kind.PROGRAMME): _with_panellists,
    ("open-workshop", Kind.PRACTICAL_NOTE): _both,
    ("specimen-assembly", Kind.AGENDA): _with_annotations,
    ("specimen-assembly", Kind.PROGRAMME): _with_panellists,
    ("specimen-assembly", Kind.CONFIRMATION): lambda _event: {},
    ("specimen-assembly", Kind.PERSON_CONFIRMATION): lambda _event: {},
    ("specimen-assembly", Kind.VISA_LETTER): _with_passport,
    ("specimen-assembly", Kind.PARTICIPANTS): _up_to_now,
    ("specimen-assembly", Kind.BADGES): _with_photographs,
    ("past-workshop", Kind.CERTIFICATE): lambda _event: {},
}
"""The documents to order, by event and kind, with a function that returns the options of the order."""

PUBLISHED = [("open-workshop", Kind.PROGRAMME), ("specimen-assembly", Kind.AGENDA)]


def wait(batches: list[Batch], progress: Progress) -> None:
    """Wait until all documents of the batches are finished or have failed. Raises Stuck."""
    planning = Batch.objects.waiting().filter(pk__in=[batch.pk for batch in batches])
    found = _documents(batches)
    _watch(
        lambda: (found.exclude(state__in=WAITING).count(), 0 if planning.exists() else found.count()),
        progress,
    )


def publish(*, actor: User) -> None:
    """Publish documents on the pages of their events, unless they are published already."""
    for event in Event.objects.filter(slug__in={slug for slug, _kind in PUBLISHED}):
        for slug, kind in PUBLISHED:
            if slug == event.slug and not event.documents.of_kind(kind).exclude(attachment=None).exists():
                services.publish(event=event, kind=kind, actor=actor)


def merge(batch: Batch, *, actor: User) -> MergedFile:
    """Have a worker merge the batch's letters into one file for the printer, and return it. Raises Stuck."""
    merged = services.order_merged(batch=batch, actor=actor)
    since = time.monotonic()
    while merged.is_waiting:
        if time.monotonic() - since > PATIENCE:
            raise Stuck
        time.sleep(0.5)
        merged.refresh_from_db()
    return merged


def send(*, actor: User, progress: Progress) -> Event:
    """Send the letters of the conference to the demo's mailbox and wait for the workers. Raises Stuck."""
    event = Event.objects.get(slug="e-parliament-2021")
    drafts = services.compose_issue(event=event, actor=actor).mails
    if drafts:
        services.issue(event=event, mails=drafts, actor=actor)
    mails = OutgoingMail.objects.filter(deliveries__document__event=event).distinct()
    _watch(lambda: (mails.exclude(state__in=WAITING).count(), mails.count()), progress)
    return event


def _watch(counted: Callable[[], tuple[int, int]], progress: Progress) -> None:
    """Call `counted`, which returns (ended, total), until both are equal. Raises Stuck."""
    last, since = -1, time.monotonic()
    while True:
        ended, total = counted()
        progress(ended, total)
        if total and ended == total:
            return
        if ended != last:
            last, since = ended, time.monotonic()
        if time.monotonic() - since > PATIENCE:
            raise Stuck
        time.sleep(0.5)


def report(batches: list[Batch], *, merged: MergedFile) -> dict[str, Any]:
    """Return the demo's report and write it to var/demo-report.json. All paths are relative to the project."""
    letters = batches_of(batches, Document.Kind.INVITATION)
    done = _documents(letters).filter(state=State.DONE)
    zipped, whole = FOLDER / "invitation-letters.zip", FOLDER / "invitation-letters.pdf"
    _write(zipped, services.archive(done.order_by("subject", "language")))
    _write(whole, [store.path(merged.file_sha256).read_bytes()] if merged.file_sha256 else [])
    documents = _documents(batches)
    count, seconds = done.count(), duration(letters)
    result = {
        "documents": [_entry(document) for document in documents.filter(state=State.DONE).order_by("pk")],
        "failed": documents.exclude(state=State.DONE).count() + (merged.state != State.DONE),
        "letters": count,
        "seconds": round(seconds, 2),
        "letters_per_second": round(count / seconds, 2) if seconds else 0.0,
        "zip": str(zipped),
        "merged": str(whole),
    }
    (settings.BASE_DIR / REPORT).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    return result


def duration(batches: list[Batch]) -> float:
    """Return the seconds from the first order to the last finished document, even if an earlier demo made them."""
    last = _documents(batches).aggregate(last=Max("finished_at"))["last"]
    first = min(batch.created_at for batch in batches)
    return (last - first).total_seconds() if last else 0.0


def totals(batches: list[Batch]) -> list[dict[str, Any]]:
    """Return the number of documents made and failed and their pages, one row for each kind and language."""
    rows = _documents(batches).values("kind", "language").order_by("kind", "language")
    made = Q(state=State.DONE)
    counted = rows.annotate(
        made=Count("pk", filter=made), failed=Count("pk", filter=~made), paper=Sum("pages")
    )
    return [dict(row) for row in counted]


def batches_of(batches: Iterable[Batch], kind: str) -> list[Batch]:
    return [batch for batch in batches if batch.kind == kind]


def _documents(batches: Iterable[Batch]) -> QuerySet[Document]:
    return Document.objects.filter(batches__in=[batch.pk for batch in batches]).distinct()


def _entry(document: Document) -> dict[str, Any]:
    file = store.path(document.file_sha256).relative_to(settings.BASE_DIR)
    return {
        "kind": document.kind,
        "language": document.language,
        "event": document.event.slug,
        "file": str(file),
        "pages": document.pages,
        "bytes": document.size,
        "sha256": document.file_sha256,
    }


def _write(name: Path, parts: Iterable[bytes]) -> None:
    file = settings.BASE_DIR / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        out.writelines(parts)
