"""Send mails: release drafts, deliver one mail, and record the server's answer."""

import logging
import mimetypes
from collections.abc import Iterable, Mapping
from smtplib import (
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models.functions import Now
from django.utils.html import escape

from accounts import audit
from accounts.models import User
from jobs import dispatch, outbox
from jobs.models import OutgoingMail, State
from jobs.services.bouncing import note_copies
from jobs.services.rows import fail

logger = logging.getLogger(__name__)


@transaction.atomic
def release(*, mails: Iterable[OutgoingMail], actor: User) -> int:
    """Queue these drafts for sending. Return how many were released; mails that are no longer drafts are skipped."""
    drafts = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails], state=State.DRAFT)
    released = list(drafts.select_for_update(no_key=True).order_by("pk"))
    drafts.update(state=State.QUEUED, not_before=Now())
    for mail in released:
        audit.record(actor, "mail.released", mail)
    dispatch.notify_workers(*released)
    return len(released)


def deliver(mail_id: int) -> None:
    """Send one mail that is due.

    The mail is done if the server accepts it, and in doubt if the connection breaks after the text was sent.
    Hindrances are checked here again, because a mail can wait a long time between writing and sending.
    """
    mail = OutgoingMail.objects.claim(mail_id)
    if mail is None:
        return
    if hindrance := outbox.reason_not_to_send(mail):
        _withdraw(mail, hindrance)
        return
    connection = get_connection()
    if not (message := _written(mail, connection)):
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
        fail(mail, code=str(code), text=_server_answer(code, words), permanent=code >= 500)
    except SMTPResponseException as error:
        code = error.smtp_code
        fail(mail, code=str(code), text=_server_answer(code, error.smtp_error), permanent=code >= 500)
    except SMTPNotSupportedError as error:
        fail(mail, code="not_written", text=str(error), permanent=True)
    except (SMTPServerDisconnected, OSError) as error:
        OutgoingMail.objects.end(
            mail, State.IN_DOUBT, error_code="no_answer", error_text=type(error).__name__
        )
    else:
        _end_sent(mail, getattr(connection, "refused", {}))
    finally:
        connection.close()


@transaction.atomic
def _withdraw(mail: OutgoingMail, code: str) -> None:
    """Cancel a mail that must no longer be sent, and record the reason."""
    if OutgoingMail.objects.end(mail, State.CANCELLED, error_code=code, error_text=""):
        changes = {"state": [State.QUEUED, State.CANCELLED], "reason": code}
        audit.record(None, "job.aborted", mail, changes=changes)


def _end_sent(mail: OutgoingMail, refused: Mapping[str, tuple[int, bytes]]) -> None:
    """End a mail that the server accepted. The mail has failed if the server refused the addressee.

    It is then not tried again automatically, because those who received a copy would receive another one.
    """
    answers = {address.lower(): _server_answer(code, words) for address, (code, words) in refused.items()}
    if words := answers.get(mail.to.lower()):
        fail(mail, code="refused", text=words, permanent=True)
    elif OutgoingMail.objects.end(mail, State.DONE) and answers:
        note_copies(mail, answers)


def _written(mail: OutgoingMail, connection: Any) -> EmailMultiAlternatives | None:
    """Return the message to send. If it cannot be written, mark the mail as failed and return None."""
    try:
        message = _message(mail, connection)
        message.message()
    except outbox.FileMissing as error:
        fail(mail, code="no_file", text=str(error), permanent=True)
    except Exception as error:  # an error in the mail itself would occur at every try
        logger.exception("mail %s cannot be written", mail.pk)
        fail(mail, code="not_written", text=type(error).__name__, permanent=True)
    else:
        return message
    return None


def _message(mail: OutgoingMail, connection: Any) -> EmailMultiAlternatives:
    text, html = mail.text, mail.html
    if mail.secret_kind and mail.secret_for is not None:
        for language, words in outbox.PERSONAL_LINK.items():
            link = outbox.secrets[mail.secret_kind](mail.secret_for, language)
            text = text.replace(words, link)
            html = html.replace(words, escape(link))
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(
        mail.subject, text, to=[mail.to], cc=mail.cc, headers=headers, connection=connection
    )
    message.attach_alternative(html, "text/html")
    for file in mail.attachments:
        content_type = mimetypes.guess_type(file["name"])[0] or "application/octet-stream"
        message.attach(file["name"], outbox.attached(file), content_type)
    return message


def _server_answer(code: int, words: bytes | str) -> str:
    """Return the server's answer as one text, such as “550 5.1.1 User unknown”."""
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
