"""Celery's door to documents. A task takes an id; a second delivery of it finds nothing to claim."""

from celery import shared_task
from django.conf import settings

from documents.models import Batch, Document, MergedFile
from documents.services.making import render_and_store
from documents.services.merging import merge
from documents.services.planning import plan


def limits(queue: str) -> dict[str, int]:
    """Seconds after which work of a queue is asked to stop, and is stopped."""
    return {
        "soft_time_limit": settings.JOB_LIMITS[queue]["soft"],
        "time_limit": settings.JOB_LIMITS[queue]["hard"],
    }


@shared_task(name=Document.task, **limits(Document.queue))
def render(document_id: int) -> None:
    if document := Document.objects.select_related("requested_by").claim(document_id):
        render_and_store(document)


@shared_task(name=Batch.task, **limits(Batch.queue))
def plan_batch(batch_id: int) -> None:
    if batch := Batch.objects.claim(batch_id):
        plan(batch)


@shared_task(name=MergedFile.task, **limits(MergedFile.queue))
def merge_batch(merged_id: int) -> None:
    if merged := MergedFile.objects.claim(merged_id):
        merge(merged)
