"""Order one file for the printer with all documents of an order."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from documents.models import Batch, MergedFile
from documents.services.restoring import require_files
from jobs import dispatch


@transaction.atomic
def order_merged(*, batch: Batch, actor: User) -> MergedFile:
    """Order one file with all documents that the batch has now.

    If the file is waiting or up to date, the function returns it and orders nothing. Raises FilesLost.
    """
    require_files(batch.ready_documents)
    Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    merged, is_new = MergedFile.objects.get_or_create(batch=batch)
    if not is_new and (merged.is_waiting or merged.is_current):
        return merged
    MergedFile.objects.filter(pk=merged.pk).requeue()
    merged.refresh_from_db()
    audit.record(actor, "batch.merge_ordered", batch)
    dispatch.notify_workers(merged)
    return merged
