"""Which version of a document is in force, and how one is declared void."""

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
    """Only a document that was made, and is not void yet, can be declared void."""


def put_in_force(document: Document) -> None:
    """Settle one that was just made, whose event is held: the first of its kind, as most are, is in force already."""
    if Document.objects.done().same_subject_as(document).exclude(pk=document.pk).exists():
        settle([document.pk])


def settle(pks: Collection[int]) -> None:
    """Put these finished documents, whose event is held, in force in place of older versions, or under a newer one.

    Of two versions that one is current which was asked for last, whichever was finished first.
    """
    made = Document.objects.done()
    settled = made.filter(pk__in=pks).exclude(validity=Validity.VOID)
    newer = Exists(made.filter(_SAME, last_batch__gt=OuterRef("last_batch")))
    settled.filter(newer).update(validity=Validity.REPLACED)
    settled.exclude(newer).update(validity=Validity.VALID)
    current = Exists(settled.filter(_SAME, validity=Validity.VALID))
    replaced = [
        one.pk for one in made.filter(current, validity=Validity.VALID).exclude(pk__in=pks).only("pk")
    ]
    made.filter(pk__in=replaced, validity=Validity.VALID).update(validity=Validity.REPLACED)
    withdraw(Delivery.objects.filter(document__in=replaced), None)


@transaction.atomic
def void(*, document: Document, reason: str, actor: User) -> None:
    """Declare a document void: whoever verifies it is told so, the event's page shows it no more, no mail brings it.

    Raises NotVoidable.
    """
    # In the order in which `publish` takes them: event, document, attachment.
    Event.objects.select_for_update(no_key=True).get(pk=document.event_id)
    in_force = Document.objects.done().exclude(validity=Validity.VOID).filter(pk=document.pk)
    if not in_force.update(validity=Validity.VOID, void_reason=reason):
        raise NotVoidable
    changes = {"validity": [document.validity, Validity.VOID], "void_reason": reason}
    audit.record(actor, "document.voided", document, changes=changes)
    document.refresh_from_db(fields=["attachment"])  # it may have been published since it was read
    take_down(document=document, actor=actor)
    withdraw(Delivery.objects.filter(document=document), actor)
