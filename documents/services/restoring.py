"""Find files that the store has lost, and order that they are made again from their snapshots."""

from collections.abc import Iterable

from django.utils.translation import ngettext

from attachments.janitor import shortened_list
from documents import store
from documents.models import Document, MergedFile
from documents.models.document import DocumentQuerySet
from jobs import dispatch
from jobs.models import Lane, State

RESTORE_LANE = Lane("bulk", "documents.restore")

MAX_AT_ONCE = 200  # documents per round, so that the loss of the whole store does not fill the queue


class FilesLost(Exception):
    """The documents are made, but their files are missing from the store."""

    def __init__(self, documents: list[Document]) -> None:
        self.documents = documents
        super().__init__(", ".join(one.reference for one in documents))

    def __str__(self) -> str:
        words = ngettext(
            "%(count)s file is missing from the store and is being made again: %(names)s. Try again in a minute; "
            "if it is still missing, declare the document void and order it again.",
            "%(count)s files are missing from the store and are being made again: %(names)s. Try again in a minute; "
            "if any is still missing, declare that document void and order it again.",
            len(self.documents),
        )
        return words % {
            "count": len(self.documents),
            "names": shortened_list([one.reference for one in self.documents]),
        }


def documents_without_file(documents: DocumentQuerySet) -> list[Document]:
    """Return the documents whose file should be in the store and is not."""
    promised = documents.with_file().exclude(snapshot={}).only("reference", "file_sha256")
    return [
        document for document in promised.order_by("pk") if not store.path(document.file_sha256).is_file()
    ]


def merged_files_without_file() -> list[MergedFile]:
    """Return the merged files that should be in the store and are not."""
    made = MergedFile.objects.filter(state=State.DONE).select_related("batch__event").order_by("pk")
    return [merged for merged in made if not store.path(merged.file_sha256).is_file()]


def require_files(documents: Iterable[Document]) -> None:
    """Raises FilesLost if the store does not have the files of all these documents."""
    if missing := [document for document in documents if not store.path(document.file_sha256).is_file()]:
        raise FilesLost(missing)


def order_files_again(documents: Iterable[Document]) -> None:
    """Ask a worker, after the commit, to make these files again. Without Redis, nothing happens."""
    dispatch.notify_workers(*documents, lane=RESTORE_LANE)


def restore_lost() -> None:
    """Order the lost files again. The sweeper calls it once an hour."""
    order_files_again(documents_without_file(Document.objects.all())[:MAX_AT_ONCE])
    prints = MergedFile.objects.filter(
        pk__in=[one.pk for one in merged_files_without_file()], state=State.DONE
    )
    prints.requeue()
