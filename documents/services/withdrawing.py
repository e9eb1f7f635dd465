"""Withdraw mails that have not left."""

from collections.abc import Iterable
from contextlib import suppress

from accounts.models import User
from documents.models.delivery import DeliveryQuerySet
from jobs import outbox
from jobs import services as job_services
from jobs.models import OutgoingMail


def take_back(mails: Iterable[OutgoingMail], actor: User | None) -> int:
    """Abort the mails that have not left. Return their number. Other mails are not changed.

    If a mail could no longer be sent anyway, the reason is stored with it.
    """
    count = 0
    for mail in mails:
        with suppress(job_services.JobNotAbortable):
            job_services.abort(job=mail, actor=actor, code=outbox.reason_not_to_send(mail))
            count += 1
    return count


def withdraw(deliveries: DeliveryQuerySet, actor: User | None) -> int:
    """Abort every unsent mail of these deliveries. Return the number of mails."""
    return take_back(OutgoingMail.objects.filter(deliveries__in=deliveries.unsent()).distinct(), actor)
