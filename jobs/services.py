"""What workers and the sweeper do to rows of background work."""

import logging
import random
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

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
from jobs import outbox
from jobs.bell import ring_job
from jobs.models import MAX_DEATHS, MAX_ERRORS, Job, OutgoingMail, State

logger = logging.getLogger(__name__)

RINGS_WAITING = 24  # messages per queue at most: a first trial that rang every row left 655 messages for 360 jobs
LONGEST_WAIT = 3600  # seconds between two tries


class JobNotRetryable(Exception):
    """Only what has failed, or is in doubt, can be tried again."""


def job_models() -> list[type[Job]]:
    """Every kind of background work in the project."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def fail(job: Job, *, code: str, text: str, permanent: bool = False) -> bool:
    """Write down why this try ended; wait longer each time, and give up after the third error."""
    errors = job.errors + 1
    values: dict[str, Any] = {"errors": errors, "error_code": code, "error_text": text[:2000]}
    objects = type(job)._default_manager
    if permanent or errors >= MAX_ERRORS:
        return bool(objects.end(job, State.FAILED, **values))
    wait = min(settings.JOB_RETRY_BASE * 2**errors, LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311  no secret
    return bool(objects.end(job, State.QUEUED, not_before=Now() + timedelta(seconds=wait), **values))


@transaction.atomic
def retry(*, job: Job, actor: User) -> None:
    """Put a failed or doubtful row back into the queue. Raises JobNotRetryable for any other."""
    changed = (
        type(job)
        ._default_manager.filter(pk=job.pk, state__in=[State.FAILED, State.IN_DOUBT])
        .update(state=State.QUEUED, errors=0, deaths=0, not_before=Now(), error_code="", error_text="")
    )
    if not changed:
        raise JobNotRetryable
    audit.record(actor, "job.retried", job, changes={"was": job.state, "reason": job.error_code})
    ring_job(job)


def give_up(task: str, pk: int, *, code: str, text: str) -> None:
    """Fail the running row of a task that was ended from outside (hard time limit)."""
    for model in job_models():
        if model.task == task and (job := model._default_manager.filter(pk=pk, state=State.RUNNING).first()):
            fail(job, code=code, text=text, permanent=True)


def sweep() -> int:
    """Ring for every row that waits, within the cap of each queue, and end what died too often.

    Idempotent: two sweepers do no harm. Returns how many rows were rung for.
    """
    rung = 0
    for model in job_models():
        objects = model._default_manager
        objects.abandoned().filter(deaths__gte=MAX_DEATHS).update(
            state=State.FAILED, error_code="worker_died", finished_at=Now()
        )
        if model is OutgoingMail:
            objects.abandoned().update(state=State.IN_DOUBT, finished_at=Now())
        room = max(0, RINGS_WAITING - _waiting(model.queue))
        for pk in _to_ring(model, room):
            current_app.send_task(model.task, [pk])
            rung += 1
    return rung


def _to_ring(model: type[Job], room: int) -> list[int]:
    with transaction.atomic():
        rows = model._default_manager.claimable().select_for_update(skip_locked=True)
        pks = list(rows.order_by(F("rung_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:room])
        model._default_manager.filter(pk__in=pks).update(rung_at=Now())
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
        connection.open()
    except OSError as error:
        fail(mail, code="no_connection", text=type(error).__name__)
        return
    try:
        _message(mail, connection).send()
    except SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        fail(mail, code=str(code), text=_said(words), permanent=code >= 500)
    except SMTPResponseException as error:
        fail(mail, code=str(error.smtp_code), text=_said(error.smtp_error), permanent=error.smtp_code >= 500)
    except (SMTPServerDisconnected, OSError) as error:
        OutgoingMail.objects.end(mail, State.IN_DOUBT, error_code="no_answer", error_text=type(error).__name__)
    else:
        OutgoingMail.objects.end(mail, State.DONE)
    finally:
        connection.close()


def _message(mail: OutgoingMail, connection: Any) -> EmailMultiAlternatives:
    text, html = mail.text, mail.html
    if mail.secret_kind:
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
