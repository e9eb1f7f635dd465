"""Numbering badges when they are ordered, putting them in force when they are printed, declaring them void."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from accounts import audit
from accounts.models import User
from documents.codes import new_code
from documents.composing import NothingToWrite, Order
from documents.composing.badges import chosen_for_badges, nobody
from documents.models import Badge, Batch, Document, Kind
from documents.services.versions import NotVoidable
from registration.models import Participant

_Validity = Document.Validity


def allot(batch: Batch) -> None:
    """Number the badges of a new order, whose event is held: two orders of all who have none share nobody.

    Raises NothingToWrite when there is nobody to make one for.
    """
    people: list[Participant | None] = [*chosen_for_badges(Order.of(batch))]
    everybody = people + [None] * int(batch.options.get("blanks", 0))
    if not everybody:
        raise NothingToWrite(nobody())
    last = Badge.objects.filter(event=batch.event).aggregate(last=Max("number"))["last"] or 0
    Badge.objects.bulk_create(
        Badge(
            event=batch.event,
            batch=batch,
            participant=person,
            is_blank=person is None,
            number=number,
            code=new_code(),
        )
        for number, person in enumerate(everybody, start=last + 1)
    )


def attach(batch: Batch, sheets: Iterable[Document]) -> None:
    """Note with which document each badge of the order is printed."""
    for sheet in sheets:
        first, last = sheet.subject.split("-")
        batch.badges.filter(number__range=(int(first), int(last))).update(sheet=sheet)


def settle(sheet: Document) -> None:
    """Let the badges of a finished sheet, whose event is held, replace the earlier ones of the same people."""
    if sheet.kind != Kind.BADGES:
        return
    printed = Badge.objects.printed().filter(event=sheet.event_id)
    newer = printed.filter(participant=OuterRef("participant"), number__gt=OuterRef("number"))
    printed.valid().filter(Exists(newer)).update(validity=_Validity.REPLACED)


def void_badges_of(sender: object, *, people: Collection[Participant], **_: Any) -> None:
    """Receives `people_moved`. Who was never confirmed has no badge."""
    if moved := [one.pk for one in people if one.confirmed_at]:
        void_unfounded(moved)


@transaction.atomic
def void_unfounded(people: Collection[int] | None = None) -> int:
    """Declare void the badges of those who are confirmed no longer; of these people, or of all. How many."""
    badges = Badge.objects.valid().filter(is_blank=False)
    if people is not None:
        badges = badges.filter(participant__in=people)
    expected = Q(participant__status=Participant.Status.CONFIRMED, participant__erased_at=None)
    found = badges.exclude(expected).select_related("participant")
    return sum(_void(one, one.participant.status if one.participant else "gone", None) for one in found)


@transaction.atomic
def void_badge(*, badge: Badge, reason: str, actor: User) -> None:
    """Declare one badge void, as when it was lost. Raises NotVoidable."""
    if not _void(badge, reason, actor):
        raise NotVoidable


def _void(badge: Badge, reason: str, actor: User | None) -> bool:
    """False when it was void before: that reason stays."""
    in_force = Badge.objects.filter(pk=badge.pk).exclude(validity=_Validity.VOID)
    if not in_force.update(validity=_Validity.VOID, void_reason=reason):
        return False
    changes = {"validity": [badge.validity, _Validity.VOID], "void_reason": reason}
    audit.record(actor, "badge.voided", badge, changes=changes)
    return True
