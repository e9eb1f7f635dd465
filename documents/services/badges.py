"""Number badges when they are ordered, set their validity when they are printed, declare them void."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from accounts import audit
from accounts.models import User
from documents.codes import new_code
from documents.composing import NothingToWrite, Order
from documents.composing.badges import chosen_for_badges, no_badges_reason
from documents.models import Badge, Batch, Document, Kind
from documents.services.versions import NotVoidable
from registration.models import Participant

_Validity = Document.Validity


def create_badges(batch: Batch) -> None:
    """Create and number the badges of a new order.

    The caller must hold the lock of the event, so that two orders for everybody without a badge share no person.
    Raises NothingToWrite if there is nobody to make a badge for.
    """
    people: list[Participant | None] = [*chosen_for_badges(Order.from_batch(batch))]
    everybody = people + [None] * int(batch.options.get("blanks", 0))
    if not everybody:
        raise NothingToWrite(no_badges_reason())
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


def set_sheets(batch: Batch, sheets: Iterable[Document]) -> None:
    """Record for each badge of the order which document it is printed in."""
    for sheet in sheets:
        first, last = sheet.subject.split("-")
        batch.badges.filter(number__range=(int(first), int(last))).update(sheet=sheet)


def replace_earlier_badges(sheet: Document) -> None:
    """Let the badges of a finished sheet replace earlier badges of the same people. The caller holds the event lock."""
    if sheet.kind != Kind.BADGES:
        return
    printed = Badge.objects.printed().filter(event=sheet.event_id)
    newer = printed.filter(participant=OuterRef("participant"), number__gt=OuterRef("number"))
    printed.valid().filter(Exists(newer)).update(validity=_Validity.REPLACED)


def void_badges_of(sender: object, *, people: Collection[Participant], **_: Any) -> None:
    """Receive the signal `people_moved`. People who were never confirmed have no badge and are skipped."""
    if moved := [one.pk for one in people if one.confirmed_at]:
        void_unfounded(moved)


@transaction.atomic
def void_unfounded(people: Collection[int] | None = None) -> int:
    """Declare void the badges of people who are no longer confirmed. Return the number of badges.

    `people` are keys of participants; None means all.
    """
    badges = Badge.objects.valid().filter(is_blank=False)
    if people is not None:
        badges = badges.filter(participant__in=people)
    expected = Q(participant__status=Participant.Status.CONFIRMED, participant__erased_at=None)
    unfounded = badges.exclude(expected).select_related("participant")
    return sum(
        _void(badge, badge.participant.status if badge.participant else "gone", None) for badge in unfounded
    )


@transaction.atomic
def void_badge(*, badge: Badge, reason: str, actor: User) -> None:
    """Declare one badge void, for example because it was lost. Raises NotVoidable if it is void already."""
    if not _void(badge, reason, actor):
        raise NotVoidable


def _void(badge: Badge, reason: str, actor: User | None) -> bool:
    """Declare the badge void. Return False if it was void already: the earlier reason stays."""
    in_force = Badge.objects.filter(pk=badge.pk).exclude(validity=_Validity.VOID)
    if not in_force.update(validity=_Validity.VOID, void_reason=reason):
        return False
    changes = {"validity": [badge.validity, _Validity.VOID], "void_reason": reason}
    audit.record(actor, "badge.voided", badge, changes=changes)
    return True
