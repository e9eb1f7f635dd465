"""Plan an order: create and number the rows of its documents with their snapshots. Each row is then a job."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from django.db import transaction
from django.db.models.functions import Now

from documents import rendering
from documents.codes import new_code, reference, verify_address
from documents.composing import Draft, Order, compose_drafts
from documents.models import Batch, Document, Kind
from documents.models.document import DocumentQuerySet
from documents.services import badges
from documents.services.failing import ClaimLost, failing_in_words
from documents.services.fitting import fitting_steps
from documents.services.templates import keep_version
from documents.services.versions import update_validity
from events.models import Event
from jobs import dispatch
from jobs.models import State


def plan(batch: Batch) -> None:
    """Create the rows of a claimed order and notify the workers of each. Existing documents are not changed.

    A second delivery of the task therefore changes nothing, and planning again adds only what could not be
    written before.
    """
    with failing_in_words(batch, batch.requested_by):
        order = Order.from_batch(batch)
        if template := order.template():
            keep_version(template)
        planned = set(batch.documents.exclude(content_hash="").values_list("subject", "language"))
        written = compose_drafts(order)
        wanted = [draft for draft in written if draft.key not in planned]
        steps = fitting_steps(order, written) if wanted else {}
        rows = [_row(batch, draft, steps.get(draft.language, 0)) for draft in wanted]
        with transaction.atomic():
            _save_rows(batch, rows)


def _row(batch: Batch, draft: Draft, step: int) -> Document:
    """Return the unsaved document of a draft, without its number."""
    row = Document(
        kind=batch.kind,
        event_id=batch.event_id,
        organisation=draft.organisation,
        delegation=draft.delegation,
        participant=draft.participant,
        subject=draft.subject,
        language=draft.language,
        date=batch.date,
        template_version=draft.template_version,
        requested_by_id=batch.requested_by_id,
    )
    if draft.paper is None:
        row.state, row.error_code, row.error_text = State.FAILED, "incomplete", draft.reason
        row.finished_at, row.snapshot = Now(), {}
        return row
    paper = replace(draft.paper, step=step)
    row.snapshot, row.content_hash = paper.to_dict(), rendering.content_hash(paper)
    return row


def _save_rows(batch: Batch, rows: Sequence[Document]) -> None:
    """Save the new rows, take over rows with the same content, and notify workers of the others. Raises ClaimLost."""
    # The lock keeps two orders from giving the same number.
    event = Event.objects.select_for_update(no_key=True).get(pk=batch.event_id)
    _number(event, batch.kind, rows)
    Document.objects.bulk_create(rows, ignore_conflicts=True)
    documents = _stored_documents(batch, rows)
    batch.documents.add(*documents)
    documents.update(last_batch=batch)
    if batch.kind == Kind.BADGES:
        badges.set_sheets(batch, documents)
    stopped = documents.filter(state__in=[State.FAILED, State.CANCELLED]).exclude(content_hash="")
    stopped.requeue()
    update_validity([document.pk for document in documents if document.state == State.DONE])
    if not Batch.objects.end(batch, State.DONE):
        raise ClaimLost
    dispatch.notify_workers(*documents.filter(state=State.QUEUED).only("kind"))


def _number(event: Event, kind: str, rows: Iterable[Document]) -> None:
    """Give each row its code and the first free reference.

    The row of an earlier attempt that could not be written is deleted, so that its number is free again.
    """
    keys = {(row.subject, row.language) for row in rows}
    failed = Document.objects.filter(event=event, kind=kind, content_hash="")
    failed.filter(pk__in=[row.pk for row in failed if (row.subject, row.language) in keys]).delete()
    known = Document.objects.filter(reference__startswith=f"{event.reference}-")
    taken = set(known.values_list("reference", flat=True))
    for row in rows:
        names = (reference(kind, event.reference, row.subject, row.language, version) for version in count(1))
        row.reference, row.code = next(name for name in names if name not in taken), new_code()
        if row.snapshot:
            address = verify_address(row.code)
            row.snapshot |= {"reference": row.reference, "code": row.code, "verify_url": address}


def _stored_documents(batch: Batch, rows: Sequence[Document]) -> DocumentQuerySet:
    """Return these documents as they are in the database, including rows that existed before."""
    wanted = {(row.subject, row.language, row.content_hash) for row in rows}
    there = Document.objects.filter(
        event=batch.event_id, kind=batch.kind, content_hash__in={row.content_hash for row in rows}
    ).exclude(validity=Document.Validity.VOID)
    keys = there.values_list("pk", "subject", "language", "content_hash")
    stored = Document.objects.filter(pk__in=[pk for pk, *key in keys if tuple(key) in wanted])
    return stored.defer("snapshot")
