"""Order documents, retry an order, cancel it."""

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
from documents.composing import Draft, Order, compose_drafts
from documents.models import Batch, Document, Kind
from documents.papers import BadgesSnapshot
from documents.services.badges import create_badges
from events.models import Event, Organisation
from jobs import dispatch
from jobs import services as job_services
from jobs.models import State


@dataclass(frozen=True, slots=True)
class Preview:
    """What an order would make: the number of documents by language, and the documents that cannot be written."""

    counts: dict[str, int]
    problems: list[Draft]
    badges: int = 0  # number of badges on the documents; 0 for other kinds

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
    """Compose every document of an order and store nothing. Raises NothingToWrite, as `order_batch` does."""
    chosen = Organisation.objects.filter(pk__in=[organisation.pk for organisation in organisations])
    order = Order(event, Kind(kind), date, languages, chambers, chosen, options or {})
    order.require_possible_now()
    written = compose_drafts(order)
    good = [draft.language for draft in written if draft.paper]
    counts = {language: good.count(language) for language in dict.fromkeys(good)}
    badges = sum(len(draft.paper.faces) for draft in written if isinstance(draft.paper, BadgesSnapshot))
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
    """Order documents. A worker then writes their rows and renders them.

    If the same person has an equal order that is still waiting, for example after a double click, that order is
    returned. Raises NothingToWrite without a template, or if this kind cannot be made at this time.
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
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    Order(locked, Kind(kind), date).require_possible_now()
    if waiting := _same_order(order, organisations):
        return waiting
    order.save()
    order.organisations.set(organisations)
    if kind == Kind.BADGES:
        create_badges(order)
    audit.record(actor, "batch.ordered", order, changes={"kind": kind, "languages": languages})
    dispatch.notify_workers(order)
    return order


def retry(*, document: Document, actor: User) -> None:
    """Retry a failed document. Raises JobNotRetryable for any other.

    If its text could not be written, it is composed again from the current data.
    """
    if document.snapshot:
        job_services.retry(job=document, actor=actor)
    elif document.last_batch:
        plan_again(batch=document.last_batch, actor=actor)
    else:
        raise job_services.JobNotRetryable


@transaction.atomic
def retry_failed(*, batch: Batch, actor: User) -> None:
    """Retry everything of the order that has failed, including the order itself.

    A document that another person retries at the same moment is skipped.
    """
    for document in batch.documents.filter(state=State.FAILED).exclude(content_hash="").order_by("pk"):
        with suppress(job_services.JobNotRetryable):
            job_services.retry(job=document, actor=actor)
    if batch.state == State.FAILED or batch.documents.filter(content_hash="").exists():
        plan_again(batch=batch, actor=actor)


@transaction.atomic
def plan_again(*, batch: Batch, actor: User) -> None:
    """Let a worker write the documents that the order still lacks."""
    ended = Batch.objects.filter(pk=batch.pk, state__in=[State.DONE, State.FAILED])
    if ended.requeue():
        audit.record(actor, "batch.planned_again", batch)
        dispatch.notify_workers(batch)


@transaction.atomic
def cancel(*, batch: Batch, actor: User) -> int:
    """Cancel everything of the order that has not started. Return the number of documents."""
    stopped = {"state": State.CANCELLED, "finished_at": Now()}
    planned = Batch.objects.filter(pk=batch.pk, state=State.QUEUED).update(**stopped)
    count = batch.documents.filter(state=State.QUEUED, last_batch=batch).update(**stopped)
    if planned or count:
        audit.record(actor, "batch.cancelled", batch, changes={"documents": count})
    return count


def _same_order(order: Batch, organisations: Collection[Organisation]) -> Batch | None:
    """Return an equal order of the same person that is still waiting, or None."""
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
