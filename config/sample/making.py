"""The demo's main job: the aide-memoires and one letter for each member parliament, made by the workers."""

import json
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum

from accounts.models import User
from config.sample import e_parliament_2021, montevideo_2013
from documents import services, store
from documents.models import Batch, Document, MergedFile
from events.models import Event
from jobs.models import WAITING, State

REPORT = Path("var/demo-report.json")
FOLDER = Path("var/demo")
PATIENCE = 1800  # seconds without any progress after which the demo gives up
DATES = {
    "montevideo-2013": montevideo_2013.EVENT["first_day"],
    "e-parliament-2021": e_parliament_2021.LETTER_DATE,
}

Progress = Callable[[int, int], None]


class Stuck(Exception):
    """No document was finished for a long time: no worker is running."""


def order(*, actor: User, today: date) -> list[Batch]:
    """Ask for everything the demo shows; what an earlier demo asked for is found again and not asked twice."""
    batches = []
    for event in Event.objects.filter(slug__in=[*DATES, "open-workshop"]).order_by("pk"):
        day = DATES.get(event.slug, today)
        batches.append(_asked(event, Document.Kind.AIDE_MEMOIRE) or _aide_memoire(event, day, actor))
        if event.slug == "e-parliament-2021":
            batches.append(_asked(event, Document.Kind.INVITATION) or _letters(event, day, actor))
    return batches


def _asked(event: Event, kind: str) -> Batch | None:
    return event.batches.filter(kind=kind).order_by("pk").first()


def _aide_memoire(event: Event, day: date, actor: User) -> Batch:
    return services.order_aide_memoire(event=event, date=day, actor=actor)


def _letters(event: Event, day: date, actor: User) -> Batch:
    invited = [invitation.organisation for invitation in event.invitations.select_related("organisation")]
    return services.order_batch(event=event, organisations=invited, date=day, actor=actor)


def wait(batches: list[Batch], progress: Progress) -> None:
    """Watch the workers until every document of the batches has ended. Raises Stuck."""
    last, since = -1, time.monotonic()
    while True:
        planned = not Batch.objects.waiting().filter(pk__in=[batch.pk for batch in batches]).exists()
        found = _documents(batches)
        total = found.count()
        ended = found.exclude(state__in=WAITING).count()
        progress(ended, total if planned else 0)
        if planned and ended == total:
            return
        if ended != last:
            last, since = ended, time.monotonic()
        if time.monotonic() - since > PATIENCE:
            raise Stuck
        time.sleep(0.5)


def merge(batch: Batch, *, actor: User) -> MergedFile:
    """One file of the batch's letters for the printer, made by a worker. Raises Stuck."""
    merged = services.order_merged(batch=batch, actor=actor)
    since = time.monotonic()
    while merged.is_waiting:
        if time.monotonic() - since > PATIENCE:
            raise Stuck
        time.sleep(0.5)
        merged.refresh_from_db()
    return merged


def report(batches: list[Batch], *, merged: MergedFile) -> dict[str, Any]:
    """What was made, with every path relative to the project; written to var/demo-report.json as well."""
    letters = batches_of(batches, Document.Kind.INVITATION)
    done = _documents(letters).filter(state=State.DONE)
    zipped, whole = FOLDER / "invitation-letters.zip", FOLDER / "invitation-letters.pdf"
    _write(zipped, services.archive(done.order_by("subject", "language")))
    _write(whole, [store.path(merged.file_sha256).read_bytes()] if merged.file_sha256 else [])
    documents = _documents(batches)
    count, seconds = done.count(), duration(batches)
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
    """Seconds from the first order to the last document, also when an earlier demo made them."""
    last = _documents(batches).aggregate(last=Max("finished_at"))["last"]
    first = min(batch.created_at for batch in batches)
    return (last - first).total_seconds() if last else 0.0


def totals(batches: list[Batch]) -> list[dict[str, Any]]:
    """Kind, language, how many were made, how many failed, and their pages: a row each."""
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
