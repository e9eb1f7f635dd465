"""Merge all documents of an order into one file for the printer."""

from functools import partial
from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf

from documents import store
from documents.models import MergedFile
from documents.models.batch import hash_of_files
from documents.services.failing import ClaimLost, failing_in_words
from jobs.models import State


def merge(merged: MergedFile) -> None:
    """Create the file of a claimed merge job. The documents are in the order of their subjects and languages."""
    with failing_in_words(merged, merged.batch.requested_by):
        documents = list(merged.batch.ready_documents)
        with Pdf.new() as whole:
            for document in documents:
                with Pdf.open(BytesIO(store.read(document.file_sha256))) as one:
                    whole.pages.extend(one.pages)
            pages = len(whole.pages)
            save = partial(whole.save, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
            sha256 = store.save(save)
        made = {"content_hash": hash_of_files(documents), "pages": pages}
        made |= {"file_sha256": sha256, "size": store.path(sha256).stat().st_size}
        if not MergedFile.objects.end(merged, State.DONE, **made):
            raise ClaimLost
