"""The store and its rows: what no row owns is removed in time, what a row misses is said."""

from collections.abc import Iterator

from django.utils.translation import ngettext

from attachments.janitor import some
from documents import store
from documents.models import Document, Image, MergedFile
from documents.services.restoring import lost, lost_prints
from jobs.models import RETRYABLE, WAITING, OutgoingMail, State


def strays() -> list[str]:
    """The SHA-256 of each file that no row names. A younger one than an hour may still wait for its row."""
    old = set(store.names(older_than=store.LEFTOVER_AGE))
    return sorted(old.difference(_owned())) if old else []


def clean_up() -> int:
    """Remove strays, and what dead workers left half written; how many files that was."""
    found = strays()
    for sha256 in found:
        store.path(sha256).unlink(missing_ok=True)
    return len(found) + store.remove_leftovers()


def missing() -> list[str]:
    """A sentence when files are gone that rows promise; what was purged promises none."""
    names = [str(one) for one in (*lost(Document.objects.all()), *lost_prints())]
    if not names:
        return []
    words = ngettext(
        "%(count)s file is missing from the store and will be made again within the hour: %(names)s.",
        "%(count)s files are missing from the store and will be made again within the hour: %(names)s.",
        len(names),
    )
    return [words % {"count": len(names), "names": some(names)}]


def _owned() -> Iterator[str]:
    """What documents, prints and pictures are made of, and what mails still have to take along."""
    kept = Document.objects.filter(purged_at=None)
    for rows in (kept, MergedFile.objects.all()):
        yield from rows.values_list("file_sha256", flat=True).iterator()
    yield from (image.sha256 for image in Image.objects.iterator())
    unsent = OutgoingMail.objects.filter(state__in=[State.DRAFT, *WAITING, *RETRYABLE])
    for files in unsent.exclude(attachments=[]).values_list("attachments", flat=True):
        yield from (file["sha256"] for file in files)
