"""Celery tasks; they only call services."""

from celery import shared_task
from celery.exceptions import TimeLimitExceeded
from celery.signals import task_failure
from django.db import close_old_connections

from jobs import services
from jobs.models import OutgoingMail

MAILS, MAILINGS = OutgoingMail.lanes


@shared_task(name=MAILS.task, **MAILS.limits)
def send_mail(mail_id: int) -> None:
    services.deliver(mail_id)


@shared_task(name=MAILINGS.task, **MAILINGS.limits)
def send_mailing(mail_id: int) -> None:
    services.deliver(mail_id)


@task_failure.connect
def note_hard_limit(
    sender: object = None, exception: object = None, args: object = None, **_kwargs: object
) -> None:
    """End the row at once when the hard time limit has killed its process. Runs in the worker's main process."""
    if isinstance(exception, TimeLimitExceeded) and isinstance(args, list | tuple) and args:
        close_old_connections()  # the main process rarely uses its connection, so it may have been closed
        services.end_killed(sender.name, args[0])  # type: ignore[attr-defined]
