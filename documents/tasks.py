"""The Celery tasks of documents. A task takes an id; a second delivery of the same task does nothing."""

from celery import shared_task

from documents.models import Batch, Document, MergedFile
from documents.services.making import render_and_store, restore
from documents.services.merging import merge
from documents.services.planning import plan
from documents.services.restoring import RESTORE_LANE, documents_without_file

SHORT, LONG = Document.lanes
(PLANS,), (MERGES,) = Batch.lanes, MergedFile.lanes


@shared_task(name=SHORT.task, **SHORT.limits)
def render(document_id: int) -> None:
    if document := Document.objects.select_related("requested_by").claim(document_id):
        render_and_store(document)


@shared_task(name=LONG.task, **LONG.limits)
def render_bulk(document_id: int) -> None:
    """Render a long document. The lane has a longer time limit."""
    render(document_id)


@shared_task(name=RESTORE_LANE.task, **RESTORE_LANE.limits)
def restore_file(document_id: int) -> None:
    """Make the file of a document again, unless another task has restored it already."""
    for document in documents_without_file(Document.objects.filter(pk=document_id)):
        restore(document)


@shared_task(name=PLANS.task, **PLANS.limits)
def plan_batch(batch_id: int) -> None:
    if batch := Batch.objects.claim(batch_id):
        plan(batch)


@shared_task(name=MERGES.task, **MERGES.limits)
def merge_batch(merged_id: int) -> None:
    if merged := MergedFile.objects.claim(merged_id):
        merge(merged)
