"""Letters that went stale: replaced by new ones, whose mails say what has changed."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts import audit
from accounts.models import User
from documents import mailing
from documents.addressed import contacts_of
from documents.models import Batch, Correction, Delivery, Document
from documents.models.delivery import CorrectionQuerySet
from documents.services.issuing import NothingSent, held, language_of, letters_of
from documents.services.ordering import order_batch
from documents.staleness import Change, alike, in_order, order_of, stale
from events.models import Event
from jobs.clock import database_now
from jobs.models import WAITING, State
from registration import rules
from registration.models import Invitation

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100  # parliaments whose corrected letters one pass of the sweeper mails


@transaction.atomic
def replace_and_notify(
    *, event: Event, documents: Iterable[Document], date: date, actor: User
) -> list[Batch]:
    """Order new versions of those of the documents that are stale; who was sent the old one is told by mail.

    Asked twice, by one or by two, each is replaced once and each mail written once. Raises EventNotHeld.
    """
    event = held(event)
    if event.is_off:
        raise rules.EventNotHeld(event)
    chosen = Document.objects.filter(event=event, pk__in=[one.pk for one in documents])
    found = {one.document: one.changes for one in stale(chosen) if not one.reason}
    sent = set(Delivery.objects.released().filter(document__in=chosen).values_list("document", flat=True))
    notify = {document: changes for document, changes in found.items() if document.pk in sent}
    return _order(event, found, notify, date, actor)


@transaction.atomic
def reissue(*, invitation: Invitation, date: date, actor: User) -> None:
    """Order new versions of a parliament's letters in force, stale or not, and mail them once they are made.

    Raises NothingSent when there is none, EventNotHeld.
    """
    event = held(invitation.event)
    if event.is_off:
        raise rules.EventNotHeld(event)
    letters = letters_of(event, invitation.organisation).current()
    in_force = list(letters.select_related("last_batch__event"))
    if not in_force or any(one.last_batch is None for one in in_force):
        raise NothingSent
    changed = {one.document.pk: one.changes for one in stale(letters)}
    wanted = {document: changed.get(document.pk, ()) for document in in_force}
    _order(event, wanted, wanted, date, actor)


def continue_corrections() -> int:
    """Mail the corrected letters that have been made since; how many parliaments were written to.

    For the sweeper: may run at any time, and by two at once. What cannot be written for one keeps nothing from others.
    """
    groups = _ready().values_list("document__event", "document__organisation").distinct()
    mailed = 0
    for event, organisation in groups.order_by("document__event", "document__organisation")[:MOST_AT_ONCE]:
        try:
            mailed += _finish(event, organisation)
        except Exception:
            logger.exception("corrected letters of event %s to organisation %s", event, organisation)
    return mailed


def _ready() -> CorrectionQuerySet:
    """Those whose order has made what it can: one that failed, and waits for somebody, keeps no place of others."""
    unmade = (
        Document.objects.filter(batches=OuterRef("batch"))
        .filter(subject=OuterRef("document__subject"), language=OuterRef("document__language"))
        .exclude(state__in=[State.DONE, State.CANCELLED])
    )
    return (
        Correction.objects.open().exclude(batch__state__in=[*WAITING, State.FAILED]).exclude(Exists(unmade))
    )


def _order(
    event: Event,
    documents: Mapping[Document, Collection[Change]],
    notify: Mapping[Document, Collection[Change]],
    day: date,
    actor: User,
) -> list[Batch]:
    """An order for each group of them that one can ask for, and what is to be told of each document."""
    batches = []
    for those in alike(documents):
        order = order_of(those)
        batch = order_batch(
            event=event,
            kind=order.kind,
            organisations=list(order.organisations),
            languages=order.languages,
            chambers=order.chambers,
            date=day,
            options=order.options,
            actor=actor,
        )
        batches.append(batch)
        for document in those:
            if document in notify:
                _remember(document, batch, notify[document], actor)
    return batches


def _remember(document: Document, batch: Batch, changes: Collection[Change], actor: User) -> None:
    """That whoever has the document is to be told of its successor; of two orders the later one makes it."""
    told = {"batch": batch, "changes": [change.value for change in changes], "asked_by": actor}
    Correction.objects.open().update_or_create(document=document, defaults=told)


@transaction.atomic
def _finish(event_pk: int, organisation_pk: int) -> bool:
    """Write to one parliament, once all of its new letters are made; False while one is still to come."""
    event = held(Event(pk=event_pk))
    open_ones = Correction.objects.open().filter(
        document__event=event, document__organisation=organisation_pk
    )
    corrections = list(open_ones.select_related("document", "batch", "asked_by"))
    successors = {one: _successor(one) for one in corrections}
    if any(found and found.state != State.DONE for found in successors.values()) or any(
        one.batch.state in (*WAITING, State.FAILED) for one in corrections
    ):
        return False
    letters = sorted(
        {found for found in successors.values() if found and found.is_current},
        key=lambda one: (one.subject, one.language),
    )
    open_ones.update(finished_at=database_now())
    return _write(event, organisation_pk, corrections, letters)


def _successor(correction: Correction) -> Document | None:
    """The document that its order made in its place; nothing for one that was taken back."""
    document = correction.document
    made = Document.objects.filter(batches=correction.batch).same_subject_as(document)
    made = made.exclude(state=State.CANCELLED)
    return made.first()


def _write(
    event: Event, organisation_pk: int, corrections: list[Correction], letters: list[Document]
) -> bool:
    """The mails to one parliament; False where nobody can be written to."""
    invitations = Invitation.objects.with_parliament().filter(event=event, organisation=organisation_pk)
    invitation = invitations.first()
    if not letters or event.is_off or invitation is None or invitation.is_revoked:
        return False
    contacts, copies = contacts_of(invitation), _copies_of(one.document for one in corrections)
    changes = in_order(Change(value) for one in corrections for value in one.changes)
    actor = corrections[0].asked_by
    for contact in contacts:
        mailing.letter(
            _kind(corrections, letters),
            invitation,
            contact,
            letters,
            language=language_of(letters),
            changes=changes,
            cc=copies,
            actor=actor,
        )
    if contacts:
        Invitation.objects.filter(pk=invitation.pk).update(mailed_at=database_now())
        told = {"addresses": len(contacts), "changes": [change.value for change in changes]}
        audit.record(actor, "letter.corrected", invitation, changes=told)
    return bool(contacts)


def _copies_of(documents: Iterable[Document]) -> list[str]:
    """Who had a copy of the mails with these documents: they are to know as well that they are corrected."""
    sent = Delivery.objects.released().filter(document__in=list(documents)).order_by("pk")
    return list(dict.fromkeys(copy for cc in sent.values_list("mail__cc", flat=True) for copy in cc))


def _kind(corrections: list[Correction], letters: list[Document]) -> str:
    """Which words fit: corrected; the same once more; or the first that ever leaves."""
    olds = [one.document for one in corrections]
    if not any(old.deliveries.released().exists() for old in olds):
        return "letter"
    return "letter_again" if set(olds) == set(letters) else "letter_corrected"
