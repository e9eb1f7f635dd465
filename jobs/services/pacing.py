"""How fast a mailing leaves: mail servers refuse, and remember, whoever floods them."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now

from jobs.models import OutgoingMail, State

MINUTE = timedelta(minutes=1)
# Their time came after the last ring, if ever there was one: nobody was told of them yet.
UNHEARD = Q(rung_at=None) | Q(rung_at__lt=F("not_before"))


def next_of_mailings(room: int) -> list[int]:
    """Which paced mails to ring for now, the oldest first; call it in a transaction.

    In no minute more of them leave than MAIL_PER_MINUTE, nor to one domain than MAIL_PER_DOMAIN_PER_MINUTE: those
    that were rung for and wait in the queue count, so that a worker that comes back has no flood to send.
    """
    waiting = OutgoingMail.objects.filter(paced=True).claimable()
    # By their keys, as the caller holds them: who waits for a row here and finds it changed keeps it, and goes on.
    first = waiting.order_by("pk").select_for_update(no_key=True)
    chosen = _within_pace(room) if waiting.filter(UNHEARD).exists() and first.first() else []
    heard = (
        waiting.exclude(UNHEARD).order_by("rung_at").values_list("pk", flat=True)
    )  # rung for: the message may be lost
    return [*chosen, *heard[: room - len(chosen)]]


def _within_pace(room: int) -> list[int]:
    """The caller holds the first of those that wait, so that two sweepers do not both count the same minute."""
    mails = OutgoingMail.objects.filter(paced=True)
    ago = Now() - MINUTE
    recent = Q(rung_at__gt=ago) | Q(finished_at__gt=ago) | Q(state=State.RUNNING)
    spent = mails.filter(recent | Q(pk__in=mails.claimable().exclude(UNHEARD)))
    by_domain = Counter(domain(to) for to in spent.values_list("to", flat=True))
    left = min(room, settings.MAIL_PER_MINUTE - by_domain.total())
    chosen: list[int] = []
    waiting = mails.claimable().filter(UNHEARD).order_by("not_before", "pk")
    for pk, to in waiting.values_list("pk", "to").iterator():
        if len(chosen) >= left:
            break
        if by_domain[domain(to)] < settings.MAIL_PER_DOMAIN_PER_MINUTE:
            by_domain[domain(to)] += 1
            chosen.append(pk)
    return chosen


def domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
