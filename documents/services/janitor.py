"""The store and its rows: what no row owns is removed in time, what a row misses is said."""

from collections.abc import Iterator

from django.utils.translation import ngettext

from documents import store
from documents.models import Document, Image, MergedFile
from jobs.models import RETRYABLE, WAITING, OutgoingMail, State

NAMED = 3  # in the sentence about what is missing


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
    made = Document.objects.done().exclude(snapshot={}).order_by("pk").values_list("reference", "file_sha256")
    merged = ((str(one), one.file_sha256) for one in MergedFile.objects.filter(state=State.DONE))
    lost = [name for name, sha256 in (*made, *merged) if not store.path(sha256).is_file()]
    if not lost:
        return []
    words = ngettext(
        "%(count)s file is missing from the store: %(names)s.",
        "%(count)s files are missing from the store: %(names)s.",
        len(lost),
    )
    names = ", ".join(lost[:NAMED]) + (" …" if len(lost) > NAMED else "")
    return [words % {"count": len(lost), "names": names}]


def _owned() -> Iterator[str]:
    """What documents, prints and pictures are made of, and what mails still have to take along."""
    kept = Document.objects.filter(purged_at=None)
    for rows in (kept, MergedFile.objects.all()):
        yield from rows.values_list("file_sha256", flat=True).iterator()
    yield from (image.sha256 for image in Image.objects.iterator())
    unsent = OutgoingMail.objects.filter(state__in=[State.DRAFT, *WAITING, *RETRYABLE])
    for files in unsent.exclude(attachments=[]).values_list("attachments", flat=True):
        yield from (file["sha256"] for file in files)
