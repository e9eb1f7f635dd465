"""Replace stale letters by new versions, and send mails that say what has changed."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts import audit
from accounts.models import User
from documents import mailing
from documents.models import Batch, Correction, Delivery, Document
from documents.models.delivery import CorrectionQuerySet
from documents.planned_mails import contacts_of
from documents.services.issuing import NothingSent, language_of, letters_of, lock_event
from documents.services.ordering import order_batch
from documents.staleness import Change, find_stale, group_by_order, order_for, sort_changes
from events.models import Event
from jobs.clock import database_now
from jobs.models import WAITING, State
from registration import rules
from registration.models import Invitation

logger = logging.getLogger(__name__)

MAX_AT_ONCE = 100  # parliaments per pass of the sweeper


@transaction.atomic
def replace_and_notify(
    *, event: Event, documents: Iterable[Document], date: date, actor: User
) -> list[Batch]:
    """Order new versions of the stale documents, and plan a mail to everybody who was sent the old version.

    Calling it twice, even at the same time, replaces each document once and plans each mail once. Returns the
    orders. Raises EventNotHeld if the event is cancelled or postponed.
    """
    event = lock_event(event)
    if event.is_off:
        raise rules.EventNotHeld(event)
    chosen = Document.objects.filter(event=event, pk__in=[one.pk for one in documents])
    changes_by_document = {one.document: one.changes for one in find_stale(chosen) if not one.reason}
    sent = set(Delivery.objects.released().filter(document__in=chosen).values_list("document", flat=True))
    notify = {document: changes for document, changes in changes_by_document.items() if document.pk in sent}
    return _order(event, changes_by_document, notify, date, actor)


@transaction.atomic
def reissue(*, invitation: Invitation, date: date, actor: User) -> None:
    """Order new versions of all letters in force to one parliament, stale or not, and plan a mail with them.

    Raises NothingSent if there is no such letter or if the order of one is unknown, EventNotHeld if the event is
    cancelled or postponed.
    """
    event = lock_event(invitation.event)
    if event.is_off:
        raise rules.EventNotHeld(event)
    letters = letters_of(event, invitation.organisation).current()
    in_force = list(letters.select_related("last_batch__event"))
    if not in_force or any(one.last_batch is None for one in in_force):
        raise NothingSent
    changed = {one.document.pk: one.changes for one in find_stale(letters)}
    wanted = {document: changed.get(document.pk, ()) for document in in_force}
    _order(event, wanted, wanted, date, actor)


def continue_corrections() -> int:
    """Mail the corrected letters that are ready. Return the number of parliaments that were written to.

    The sweeper calls it. Two processes may run it at the same time. An error with one parliament is logged and
    does not stop the mails to the others.
    """
    groups = _ready().values_list("document__event", "document__organisation").distinct()
    mailed = 0
    for event, organisation in groups.order_by("document__event", "document__organisation")[:MAX_AT_ONCE]:
        try:
            mailed += _mail_corrections(event, organisation)
        except Exception:
            logger.exception("corrected letters of event %s to organisation %s", event, organisation)
    return mailed


def _ready() -> CorrectionQuerySet:
    """Return the open corrections whose order is complete.

    A correction whose order or document has failed waits for an officer. It is left out, so that it does not take
    the place of another one in the pass.
    """
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
    """Create one order for each group of similar documents, and record a correction for each document in `notify`."""
    batches = []
    for group in group_by_order(documents):
        order = order_for(group)
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
        for document in group:
            if document in notify:
                _record_correction(document, batch, notify[document], actor)
    return batches


def _record_correction(document: Document, batch: Batch, changes: Collection[Change], actor: User) -> None:
    """Record that the addressee of the document must be told about its successor.

    If a correction is open already, the later order takes it over.
    """
    values = {"batch": batch, "changes": [change.value for change in changes], "asked_by": actor}
    Correction.objects.open().update_or_create(document=document, defaults=values)


@transaction.atomic
def _mail_corrections(event_pk: int, organisation_pk: int) -> bool:
    """Write to one parliament when all its new letters are made. Return False if nothing was mailed."""
    event = lock_event(Event(pk=event_pk))
    open_corrections = Correction.objects.open().filter(
        document__event=event, document__organisation=organisation_pk
    )
    corrections = list(open_corrections.select_related("document", "batch", "asked_by"))
    successors = {one: _successor(one) for one in corrections}
    if any(successor and successor.state != State.DONE for successor in successors.values()) or any(
        one.batch.state in (*WAITING, State.FAILED) for one in corrections
    ):
        return False
    letters = sorted(
        {successor for successor in successors.values() if successor and successor.is_current},
        key=lambda one: (one.subject, one.language),
    )
    open_corrections.update(finished_at=database_now())
    return _write_mails(event, organisation_pk, corrections, letters)


def _successor(correction: Correction) -> Document | None:
    """Return the document that the order made as a replacement, or None if that document was cancelled."""
    document = correction.document
    made = Document.objects.filter(batches=correction.batch).same_subject_as(document)
    made = made.exclude(state=State.CANCELLED)
    return made.first()


def _write_mails(
    event: Event, organisation_pk: int, corrections: list[Correction], letters: list[Document]
) -> bool:
    """Write the mails to one parliament. Return False if there is no letter to send or nobody to send it to."""
    invitations = Invitation.objects.with_parliament().filter(event=event, organisation=organisation_pk)
    invitation = invitations.first()
    if not letters or event.is_off or invitation is None or invitation.is_revoked:
        return False
    contacts = contacts_of(invitation)
    deliveries = Delivery.objects.filter(document__in=[one.document for one in corrections])
    copies = list(deliveries.copy_addresses())
    changes = sort_changes(Change(value) for one in corrections for value in one.changes)
    actor = corrections[0].asked_by
    for contact in contacts:
        mailing.letter(
            _mail_kind(corrections, letters),
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
        details = {"addresses": len(contacts), "changes": [change.value for change in changes]}
        audit.record(actor, "letter.corrected", invitation, changes=details)
    return bool(contacts)


def _mail_kind(corrections: list[Correction], letters: list[Document]) -> str:
    """Return the kind of mail: the first letter ever sent, the same letter again, or a corrected letter."""
    olds = [one.document for one in corrections]
    if not any(old.deliveries.released().exists() for old in olds):
        return "letter"
    return "letter_again" if set(olds) == set(letters) else "letter_corrected"
