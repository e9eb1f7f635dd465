"""Decide which version of a document is in force, and declare documents void."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts import audit
from accounts.models import User
from documents.models import Delivery, Document
from documents.services.publishing import take_down
from documents.services.withdrawing import withdraw
from events.models import Event

Validity = Document.Validity

_SAME = Q(
    kind=OuterRef("kind"), event=OuterRef("event"), subject=OuterRef("subject"), language=OuterRef("language")
)


class NotVoidable(Exception):
    """The document was not made yet, or it is void already."""


def put_in_force(document: Document) -> None:
    """Set the validity of a document that was just made. The caller must hold the lock of the event.

    The first version of a document is valid already, so the function has nothing to do in most cases.
    """
    if Document.objects.done().same_subject_as(document).exclude(pk=document.pk).exists():
        update_validity([document.pk])


def update_validity(pks: Collection[int]) -> None:
    """Set the validity of these finished documents and of their other versions. The caller must hold the event lock.

    The version that was ordered last is the current one, even if another version was finished later. Mails with a
    replaced version that have not left are withdrawn.
    """
    made = Document.objects.done()
    settled = made.filter(pk__in=pks).exclude(validity=Validity.VOID)
    newer = Exists(made.filter(_SAME, last_batch__gt=OuterRef("last_batch")))
    settled.filter(newer).update(validity=Validity.REPLACED)
    settled.exclude(newer).update(validity=Validity.VALID)
    current = Exists(settled.filter(_SAME, validity=Validity.VALID))
    replaced = [
        document.pk
        for document in made.filter(current, validity=Validity.VALID).exclude(pk__in=pks).only("pk")
    ]
    made.filter(pk__in=replaced, validity=Validity.VALID).update(validity=Validity.REPLACED)
    withdraw(Delivery.objects.filter(document__in=replaced), None)


@transaction.atomic
def void(*, document: Document, reason: str, actor: User) -> None:
    """Declare a document void, take it off the event's page and withdraw the mails that carry it.

    From now on the verification page says that the document is void. Raises NotVoidable.
    """
    # Lock event, document, attachment in the same order as `publish`, or the two could deadlock.
    Event.objects.select_for_update(no_key=True).get(pk=document.event_id)
    in_force = Document.objects.done().exclude(validity=Validity.VOID).filter(pk=document.pk)
    if not in_force.update(validity=Validity.VOID, void_reason=reason):
        raise NotVoidable
    changes = {"validity": [document.validity, Validity.VOID], "void_reason": reason}
    audit.record(actor, "document.voided", document, changes=changes)
    document.refresh_from_db(fields=["attachment"])  # it may have been published after it was read
    take_down(document=document, actor=actor)
    withdraw(Delivery.objects.filter(document=document), actor)
