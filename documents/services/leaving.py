"""Declare papers about people void as soon as those people are no longer confirmed."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from accounts import audit
from documents.models import Document, Kind
from documents.models.document import DocumentQuerySet
from documents.models.kinds import PRIVATE
from jobs.models import State
from registration.models import Participant

_Validity = Document.Validity
_LEFT = Participant.objects.exclude(status=Participant.Status.CONFIRMED)


def void_papers_of(sender: object, *, people: Collection[Participant], **_: Any) -> None:
    """Receive the signal `people_moved`. People who were never confirmed have no papers and are skipped."""
    if moved := {one.delegation_id for one in people if one.confirmed_at}:
        void_unfounded(moved)


@transaction.atomic
def void_unfounded(delegations: Collection[int] | None = None) -> int:
    """Declare void each paper which says that somebody is confirmed who is not. Return the number of papers.

    `delegations` are keys of delegations; None means all. The sweeper calls it too, because some code may change
    people without sending the signal.
    """
    papers = Document.objects.filter(kind__in=PRIVATE).exclude(validity=_Validity.VOID)
    if delegations is not None:
        papers = papers.filter(delegation__in=delegations)
    of_them = papers.filter(Exists(_LEFT.filter(pk=OuterRef("participant")))).defer("snapshot")
    unfounded = [
        *of_them.select_related("participant"),
        *_confirmations_naming_who_left(papers.of_kind(Kind.CONFIRMATION)),
    ]
    return sum(
        _void(document, document.participant.status if document.participant else "others")
        for document in unfounded
    )


def _confirmations_naming_who_left(confirmations: DocumentQuerySet) -> list[Document]:
    """Return the confirmations of delegations that name somebody who is no longer confirmed.

    A confirmation that was made after that person had left does not name them, and stays valid.
    """
    some_left = _LEFT.filter(delegation=OuterRef("delegation")).exclude(confirmed_at=None)
    candidates = list(confirmations.filter(Exists(some_left)))
    left = set(
        _LEFT.filter(delegation__in={confirmation.delegation_id for confirmation in candidates}).values_list(
            "pk", flat=True
        )
    )
    return [
        confirmation
        for confirmation in candidates
        if left & {person.get("person") for person in confirmation.snapshot.get("people", ())}
    ]


def _void(document: Document, reason: str) -> bool:
    """Declare the document void, whatever the state of its job; a queued job is cancelled.

    Return False if the document was void already.
    """
    row = Document.objects.filter(pk=document.pk).exclude(validity=_Validity.VOID)
    row.filter(state=State.QUEUED).update(state=State.CANCELLED, finished_at=Now())
    if not row.update(validity=_Validity.VOID, void_reason=reason):
        return False
    changes = {"validity": [document.validity, _Validity.VOID], "void_reason": reason}
    audit.record(None, "document.voided", document, changes=changes)
    return True
