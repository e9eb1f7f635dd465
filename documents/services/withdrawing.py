"""Taking mails back while they have not left."""

from collections.abc import Iterable
from contextlib import suppress

from accounts.models import User
from documents.models.delivery import DeliveryQuerySet
from jobs import outbox
from jobs import services as job_services
from jobs.models import OutgoingMail


def take_back(mails: Iterable[OutgoingMail], actor: User | None) -> int:
    """Abort what has not left; how many mails those were. What is on its way, or has left, stays as it is.

    Where it could not have left any more, the mail says why.
    """
    count = 0
    for mail in mails:
        with suppress(job_services.JobNotAbortable):
            job_services.abort(job=mail, actor=actor, code=outbox.hindrance(mail))
            count += 1
    return count


def withdraw(deliveries: DeliveryQuerySet, actor: User | None) -> int:
    """Take back every mail of these deliveries that has not left; how many they were."""
    return take_back(OutgoingMail.objects.filter(deliveries__in=deliveries.unsent()).distinct(), actor)
