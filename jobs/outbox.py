"""The outbox: a mail is written in the same transaction as the change it reports; a worker sends it later."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.language import LANGUAGE_CODES
from jobs import dispatch
from jobs.models import OutgoingMail, State

# The placeholder of the personal link in a mail's body, by language.
PERSONAL_LINK = {"en": "[personal link]", "es": "[enlace personal]"}

# Functions that compute a secret when the mail is sent, by kind. Arguments: the row's key, the language of the text.
# Each app registers its own in AppConfig.ready, here and in the three collections below.
secrets: dict[str, Callable[[int, str], str]] = {}

# Functions that return the bytes of a stored file with this SHA-256, by the name of the store. A function raises
# FileNotFoundError if its store does not have the file.
files: dict[str, Callable[[str], bytes]] = {}

# Functions that return why a mail must no longer be sent, as a code of jobs.models.REASONS, or "" if it may be sent.
send_checks: list[Callable[[OutgoingMail], str]] = []

# Kinds of mail whose drafts are sent from a separate page, which checks what has changed since they were written.
reviewed: set[str] = set()


def post(
    kind: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, object],
    event_id: int | None = None,
    secret: tuple[str, int] | None = None,
    cc: Collection[str] = (),
    attachments: Collection[Mapping[str, str]] = (),
    draft: bool = False,
    paced: bool = False,
) -> OutgoingMail:
    """Write one mail in the caller's transaction, notify the workers after the commit, and return it.

    `kind` is the folder under templates/emails/; `language` is en, es or both (one mail, two texts).
    `secret` is the kind and the row key of the personal link that replaces PERSONAL_LINK when the mail is sent.
    `attachments` are {"name", "sha256"} of stored files. A draft waits until it is released. Use `paced` for mailings
    to many people: at most MAIL_PER_MINUTE of them are sent per minute, and they do not delay other mail.
    """
    mail = OutgoingMail.objects.create(
        kind=kind,
        to=to,
        cc=[*cc],
        attachments=[dict(file) for file in attachments],
        paced=paced,
        state=State.DRAFT if draft else State.QUEUED,
        language=language,
        event_id=event_id,
        **_texts(kind, language, context),
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        secret_kind=secret[0] if secret else "",
        secret_for=secret[1] if secret else None,
    )
    if not draft:
        dispatch.notify_workers(mail)
    return mail


def _texts(kind: str, language: str, context: Mapping[str, object]) -> dict[str, str]:
    """Return the subject, text and HTML of a mail in one language or in both."""
    languages = LANGUAGE_CODES if language == "both" else (language,)
    parts = [compose(kind, code, context) for code in languages]
    *earlier, last = [part["text"] for part in parts]
    return {
        "subject": " / ".join(part["subject"] for part in parts)[:250],
        "text": "\n\n* * *\n\n".join([*map(_unsigned, earlier), last]),
        "html": render_to_string("emails/frame.html", {"parts": parts}),
    }


def _unsigned(text: str) -> str:
    """Return the text without its signature. Mail programs show text after a signature in grey (RFC 3676, 4.3)."""
    return text.rpartition("\n-- \n")[0].rstrip() or text


def reason_not_to_send(mail: OutgoingMail) -> str:
    """Return why the mail must no longer be sent, as a code of REASONS; "" if it may be sent."""
    return next(filter(None, (hinders(mail) for hinders in send_checks)), "")


class FileMissing(Exception):
    """No store has the attached file with the expected content. The message is the file's name."""


def attached(file: Mapping[str, str]) -> bytes:
    """Return the bytes of an attached file. Raises FileMissing if no store has it."""
    for read in files.values():
        with suppress(FileNotFoundError):
            content = read(file["sha256"])
            if hashlib.sha256(content).hexdigest() == file["sha256"]:
                return content
    raise FileMissing(file["name"])


def compose(kind: str, language: str, context: Mapping[str, object]) -> dict[str, str]:
    """Return the language, subject, text and HTML of a mail in one language. Used by `post` and by previews."""
    everything = {
        **context,
        "personal_link": PERSONAL_LINK[language],
        "site_url": settings.SITE_URL,
        "secretariat": {"name": settings.SECRETARIAT_NAME, "email": settings.SECRETARIAT_EMAIL},
    }
    with translation.override(language):
        return {
            "language": language,
            "subject": " ".join(render_to_string(f"emails/{kind}/subject.txt", everything).split()),
            "text": render_to_string(f"emails/{kind}/body.txt", everything).strip() + "\n",
            "html": render_to_string(f"emails/{kind}/body.html", everything),
        }
