"""What workers and the sweeper do to rows of background work."""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import (
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any, cast

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.html import escape
from kombu.exceptions import OperationalError

from accounts import audit
from accounts.models import User
from jobs import bell, outbox
from jobs.models import MAX_DEATHS, MAX_ERRORS, Job, JobQuerySet, OutgoingMail, State

logger = logging.getLogger(__name__)

RINGS_WAITING = (
    24  # messages per queue at most: a first trial that rang every row left 655 messages for 360 jobs
)
LONGEST_WAIT = 3600  # seconds between two tries


# What an app has the sweeper put right beside rows of work: each ends what a killed process left half done.
repairs: list[Callable[[], object]] = []


class JobNotRetryable(Exception):
    """Only what has failed, or is in doubt, can be tried again."""


def job_models() -> list[type[Job]]:
    """Every kind of background work in the project."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def _rows(model: type[Job]) -> "JobQuerySet[Any]":
    return cast("JobQuerySet[Any]", model._default_manager.all())


def fail(job: Job, *, code: str, text: str, permanent: bool = False) -> bool:
    """Write down why this try ended; wait longer each time, and give up after the third error."""
    errors = job.errors + 1
    values: dict[str, Any] = {"errors": errors, "error_code": code, "error_text": text[:2000]}
    objects = _rows(type(job))
    if permanent or errors >= MAX_ERRORS:
        return objects.end(job, State.FAILED, **values)
    wait = min(settings.JOB_RETRY_BASE * 2**errors, LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311  no secret
    return objects.end(job, State.QUEUED, not_before=Now() + timedelta(seconds=wait), **values)


@transaction.atomic
def retry(*, job: Job, actor: User) -> None:
    """Put a failed or doubtful row back into the queue. Raises JobNotRetryable for any other."""
    if not _rows(type(job)).retryable().filter(pk=job.pk).requeue():
        raise JobNotRetryable
    audit.record(
        actor, "job.retried", job, changes={"state": [job.state, State.QUEUED], "reason": job.error_code}
    )
    bell.ring(job)


def give_up(task: str, pk: int, *, code: str, text: str) -> None:
    """End the running row of a task that was ended from outside (hard time limit).

    It fails at once; a mail is in doubt, for it may have left before.
    """
    for model in job_models():
        if model.task != task:
            continue
        objects = _rows(model)
        if job := objects.filter(pk=pk, state=State.RUNNING).first():
            if model.repeatable:
                fail(job, code=code, text=text, permanent=True)
            else:
                objects.end(job, State.IN_DOUBT, error_code=code, error_text=text)


def oldest_waiting(model: type[Job]) -> datetime | None:
    """Since when the oldest row that is due has waited; None when nothing waits."""
    waiting = _rows(model).due().order_by("not_before").values_list("not_before", flat=True)
    first: datetime | None = waiting.first()
    return first


def sweep() -> int:
    """Repair, end what was lost for good, then ring for every row that waits, within the cap of each queue.

    Idempotent: two sweepers do no harm. Returns how many rows were rung for. Raises OperationalError when the
    broker is away; what was lost has been ended by then.
    """
    for repair in repairs:
        repair()
    for model in job_models():
        _end_lost(model)
    rung = 0
    for model in job_models():
        room = max(0, RINGS_WAITING - _waiting(model.queue))
        for pk in _to_ring(model, room):
            bell.send(model, pk)
            rung += 1
    return rung


def _end_lost(model: type[Job]) -> None:
    """Rows whose workers vanished: after the sixth, or at once when a second run could do harm."""
    lost = _rows(model).abandoned()
    if model.repeatable:
        lost.filter(deaths__gte=MAX_DEATHS).update(
            state=State.FAILED, error_code="worker_died", finished_at=Now()
        )
    else:
        lost.update(state=State.IN_DOUBT, error_code="worker_died", finished_at=Now())


def _to_ring(model: type[Job], room: int) -> list[int]:
    with transaction.atomic():
        rows = _rows(model).claimable().select_for_update(skip_locked=True)
        pks = list(
            rows.order_by(F("rung_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:room]
        )
        _rows(model).filter(pk__in=pks).update(rung_at=Now())
    return pks


def _waiting(queue: str) -> int:
    """Messages that lie in the broker's queue. Raises OperationalError when the broker is away."""
    with current_app.connection_for_write() as connection:
        channel = connection.default_channel
        try:
            return int(channel.client.llen(queue))
        except channel.connection_errors as error:
            raise OperationalError(str(error)) from error


def deliver(mail_id: int) -> None:
    """Send one mail that is due. A server's yes is `done`; no answer after the text went out is `in doubt`."""
    mail = OutgoingMail.objects.claim(mail_id)
    if mail is None:
        return
    connection = get_connection()
    try:
        message = _message(mail, connection)
        message.message()
    except Exception as error:  # whatever is wrong with the mail itself is wrong at each try
        logger.exception("mail %s cannot be written", mail.pk)
        fail(mail, code="not_written", text=type(error).__name__, permanent=True)
        return
    try:
        connection.open()
    except OSError as error:
        fail(mail, code="no_connection", text=type(error).__name__)
        return
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        fail(mail, code=str(code), text=_said(words), permanent=code >= 500)
    except SMTPResponseException as error:
        fail(mail, code=str(error.smtp_code), text=_said(error.smtp_error), permanent=error.smtp_code >= 500)
    except SMTPNotSupportedError as error:
        fail(mail, code="not_written", text=str(error), permanent=True)
    except (SMTPServerDisconnected, OSError) as error:
        OutgoingMail.objects.end(
            mail, State.IN_DOUBT, error_code="no_answer", error_text=type(error).__name__
        )
    else:
        OutgoingMail.objects.end(mail, State.DONE)
    finally:
        connection.close()


def _message(mail: OutgoingMail, connection: Any) -> EmailMultiAlternatives:
    text, html = mail.text, mail.html
    if mail.secret_kind and mail.secret_for is not None:
        for language, words in outbox.PERSONAL_LINK.items():
            link = outbox.secrets[mail.secret_kind](mail.secret_for, language)
            text = text.replace(words, link)
            html = html.replace(words, escape(link))
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, text, to=[mail.to], headers=headers, connection=connection)
    message.attach_alternative(html, "text/html")
    return message


def _said(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
