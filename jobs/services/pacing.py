"""Limit how fast mailings are sent: mail servers block a sender that sends too many mails at once."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now

from jobs.models import OutgoingMail, State

MINUTE = timedelta(minutes=1)
# No message was sent for the row, or it became due after the last message: no worker knows of it.
WITHOUT_MESSAGE = Q(rung_at=None) | Q(rung_at__lt=F("not_before"))


def next_mails_of_mailings(room: int) -> list[int]:
    """Return the keys of at most `room` paced mails whose messages go now, the oldest first. Call it in a transaction.

    At most MAIL_PER_MINUTE mails are sent per minute, and at most MAIL_PER_DOMAIN_PER_MINUTE to one domain. Mails
    that already wait in the queue count too: otherwise a worker that restarts would send them all at once.
    """
    waiting = OutgoingMail.objects.filter(paced=True).claimable()
    # Lock in key order, as the caller does. A sweeper that waits here keeps the lock of a row that no longer matches
    # and goes on to the next row; in another order, two sweepers could deadlock.
    first = waiting.order_by("pk").select_for_update(no_key=True)
    chosen = _within_pace(room) if waiting.filter(WITHOUT_MESSAGE).exists() and first.first() else []
    # The messages of these were sent before, but may be lost.
    sent_before = waiting.exclude(WITHOUT_MESSAGE).order_by("rung_at").values_list("pk", flat=True)
    return [*chosen, *sent_before[: room - len(chosen)]]


def _within_pace(room: int) -> list[int]:
    """Return the keys of the mails that may be sent within this minute's limits.

    The caller holds a lock, so two sweepers cannot both use the same minute's limit.
    """
    mails = OutgoingMail.objects.filter(paced=True)
    ago = Now() - MINUTE
    recent = Q(rung_at__gt=ago) | Q(finished_at__gt=ago) | Q(state=State.RUNNING)
    spent = mails.filter(recent | Q(pk__in=mails.claimable().exclude(WITHOUT_MESSAGE)))
    by_domain = Counter(domain(to) for to in spent.values_list("to", flat=True))
    left = min(room, settings.MAIL_PER_MINUTE - by_domain.total())
    chosen: list[int] = []
    waiting = mails.claimable().filter(WITHOUT_MESSAGE).order_by("not_before", "pk")
    for pk, to in waiting.values_list("pk", "to").iterator():
        if len(chosen) >= left:
            break
        if by_domain[domain(to)] < settings.MAIL_PER_DOMAIN_PER_MINUTE:
            by_domain[domain(to)] += 1
            chosen.append(pk)
    return chosen


def domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
