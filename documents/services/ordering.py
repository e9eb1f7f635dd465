"""Asking for documents, asking again, and taking an order back."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.db.models.functions import Now

from accounts import audit
from accounts.models import User
from documents.composing import Draft, Order, drafts
from documents.models import Batch, Document, Kind
from documents.papers import BadgesSnapshot
from documents.services.badges import allot
from events.models import Event, Organisation
from jobs import bell
from jobs import services as job_services
from jobs.models import State


@dataclass(frozen=True, slots=True)
class Preview:
    """What an order would make: how many documents in each language, and what cannot be written."""

    counts: dict[str, int]
    problems: list[Draft]
    badges: int = 0  # on the documents, where it is badges that are ordered

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def preview(
    *,
    event: Event,
    kind: str,
    organisations: Collection[Organisation] = (),
    languages: str = Batch.Languages.OWN,
    chambers: str = Batch.Chambers.TOGETHER,
    date: date,
    options: Mapping[str, Any] | None = None,
) -> Preview:
    """Write every text of an order and keep none. Raises NothingToWrite as ordering does."""
    chosen = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
    order = Order(event, Kind(kind), date, languages, chambers, chosen, options or {})
    order.require_time()
    written = drafts(order)
    good = [draft.language for draft in written if draft.paper]
    counts = {language: good.count(language) for language in dict.fromkeys(good)}
    badges = sum(len(one.paper.faces) for one in written if isinstance(one.paper, BadgesSnapshot))
    return Preview(counts, [draft for draft in written if draft.paper is None], badges)


@transaction.atomic
def order_batch(
    *,
    event: Event,
    kind: str = Document.Kind.INVITATION,
    organisations: Collection[Organisation] = (),
    languages: str = Batch.Languages.OWN,
    chambers: str = Batch.Chambers.TOGETHER,
    date: date,
    options: Mapping[str, Any] | None = None,
    actor: User,
) -> Batch:
    """Ask for documents; a worker writes their rows and makes them.

    Raises NothingToWrite without a template, and when it is not the time for this kind.
    The same order while the first still waits, as by a double click, is answered with that one.
    """
    order = Batch(
        event=event,
        kind=kind,
        languages=languages,
        chambers=chambers,
        date=date,
        options={**(options or {})},
        requested_by=actor,
    )
    if Kind(kind).needs_template:
        Order(event, Kind(kind), date).require_template()
    held = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    Order(held, Kind(kind), date).require_time()
    if waiting := _same_order(order, organisations):
        return waiting
    order.save()
    order.organisations.set(organisations)
    if kind == Kind.BADGES:
        allot(order)
    audit.record(actor, "batch.ordered", order, changes={"kind": kind, "languages": languages})
    bell.ring(order)
    return order


def retry(*, document: Document, actor: User) -> None:
    """Try a failed document again. Raises JobNotRetryable for any other.

    One whose text could not be written is written anew from what the database says by now.
    """
    if document.snapshot:
        job_services.retry(job=document, actor=actor)
    elif document.last_batch:
        plan_again(batch=document.last_batch, actor=actor)
    else:
        raise job_services.JobNotRetryable


@transaction.atomic
def retry_failed(*, batch: Batch, actor: User) -> None:
    """Try again whatever of the batch has failed, the batch itself included.

    What somebody else tries again in the same moment is left to them.
    """
    for document in batch.documents.filter(state=State.FAILED).exclude(content_hash="").order_by("pk"):
        with suppress(job_services.JobNotRetryable):
            job_services.retry(job=document, actor=actor)
    if batch.state == State.FAILED or batch.documents.filter(content_hash="").exists():
        plan_again(batch=batch, actor=actor)


@transaction.atomic
def plan_again(*, batch: Batch, actor: User) -> None:
    """Write what the batch still lacks."""
    ended = Batch.objects.filter(pk=batch.pk, state__in=[State.DONE, State.FAILED])
    if ended.requeue():
        audit.record(actor, "batch.planned_again", batch)
        bell.ring(batch)


@transaction.atomic
def cancel(*, batch: Batch, actor: User) -> int:
    """Take back what of the batch has not begun; how many documents that were."""
    stopped = {"state": State.CANCELLED, "finished_at": Now()}
    planned = Batch.objects.filter(pk=batch.pk, state=State.QUEUED).update(**stopped)
    count = batch.documents.filter(state=State.QUEUED, last_batch=batch).update(**stopped)
    if planned or count:
        audit.record(actor, "batch.cancelled", batch, changes={"documents": count})
    return count


def _same_order(order: Batch, organisations: Collection[Organisation]) -> Batch | None:
    """An equal order of the same person that waits already."""
    waiting = (
        Batch.objects.waiting()
        .filter(
            event=order.event,
            kind=order.kind,
            languages=order.languages,
            chambers=order.chambers,
            date=order.date,
            options=order.options,
            requested_by=order.requested_by,
        )
        .prefetch_related(Prefetch("organisations", Organisation.objects.only("pk")))
    )
    wanted = {organisation.pk for organisation in organisations}
    same = (one for one in waiting if {each.pk for each in one.organisations.all()} == wanted)
    return next(same, None)
