"""Compare the store with the rows: remove files that no row owns, report files that are missing."""

from collections.abc import Iterator

from django.utils.translation import ngettext

from attachments.janitor import shortened_list
from documents import store
from documents.models import Document, Image, MergedFile
from documents.services.restoring import documents_without_file, merged_files_without_file
from jobs.models import RETRYABLE, WAITING, OutgoingMail, State


def files_without_row() -> list[str]:
    """Return the SHA-256 of each file that no row names.

    Files younger than an hour are left out, because their row may not be written yet.
    """
    old = set(store.file_names(older_than=store.LEFTOVER_AGE))
    return sorted(old.difference(_files_in_use())) if old else []


def clean_up() -> int:
    """Remove files without a row and temporary files of workers that died. Return the number of files."""
    files = files_without_row()
    for sha256 in files:
        store.path(sha256).unlink(missing_ok=True)
    return len(files) + store.remove_leftovers()


def missing_file_messages() -> list[str]:
    """Return one sentence that names the missing files, or an empty list. Files deleted on purpose do not count."""
    names = [
        str(one) for one in (*documents_without_file(Document.objects.all()), *merged_files_without_file())
    ]
    if not names:
        return []
    words = ngettext(
        "%(count)s file is missing from the store and will be made again within the hour: %(names)s.",
        "%(count)s files are missing from the store and will be made again within the hour: %(names)s.",
        len(names),
    )
    return [words % {"count": len(names), "names": shortened_list(names)}]


def _files_in_use() -> Iterator[str]:
    """Yield the SHA-256 of all files that documents, merged files, pictures or unsent mails still need."""
    kept = Document.objects.filter(purged_at=None)
    for rows in (kept, MergedFile.objects.all()):
        yield from rows.values_list("file_sha256", flat=True).iterator()
    yield from (image.sha256 for image in Image.objects.iterator())
    unsent = OutgoingMail.objects.filter(state__in=[State.DRAFT, *WAITING, *RETRYABLE])
    for files in unsent.exclude(attachments=[]).values_list("attachments", flat=True):
        yield from (file["sha256"] for file in files)
