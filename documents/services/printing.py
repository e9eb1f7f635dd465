"""Asking for all documents of a batch in one file for the printer."""

import hashlib
from collections.abc import Iterable

from django.db import transaction

from accounts import audit
from accounts.models import User
from documents.models import Batch, Document, MergedFile
from jobs import bell
from jobs.models import State


@transaction.atomic
def order_merged(*, batch: Batch, actor: User) -> MergedFile:
    """Ask for one file of what the batch has by now; one that waits, or holds just that, is answered."""
    Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    merged, is_new = MergedFile.objects.get_or_create(batch=batch)
    if not is_new and (merged.is_waiting or is_current(merged)):
        return merged
    MergedFile.objects.filter(pk=merged.pk).requeue()
    merged.refresh_from_db()
    audit.record(actor, "batch.merge_ordered", batch)
    bell.ring(merged)
    return merged


def is_current(merged: MergedFile) -> bool:
    """True when the file holds what the batch has by now."""
    return merged.state == State.DONE and merged.content_hash == content_of(merged.batch.ready_documents)


def content_of(documents: Iterable[Document]) -> str:
    """SHA-256 of which files they are, in their order."""
    names = " ".join(document.file_sha256 for document in documents)
    return hashlib.sha256(names.encode()).hexdigest()
