"""The outbox: a mail is written with the change it speaks of and sent afterwards by a worker."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.language import LANGUAGE_CODES
from jobs import bell
from jobs.models import OutgoingMail, State

# What stands in a body where the personal link belongs, by the language of the text and of the link.
PERSONAL_LINK = {"en": "[personal link]", "es": "[enlace personal]"}

# How a secret is computed at the moment of sending, by kind, from the row's key and the language of the text;
# filled by the app that owns it (AppConfig.ready).
secrets: dict[str, Callable[[int, str], str]] = {}

# How the bytes of a stored file are read by their SHA-256, by the name of the store; filled likewise. One that has no
# such file raises FileNotFoundError.
files: dict[str, Callable[[str], bytes]] = {}

# Why a mail must not leave any more, as a code of jobs.models.REASONS, or nothing; filled likewise.
hindrances: list[Callable[[OutgoingMail], str]] = []

# Kinds of mail whose drafts are sent from a page of their own, which checks what may have changed since.
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
    """Write one mail in the caller's transaction and ring for it after the commit.

    `kind` names the folder under templates/emails/; `language` is en, es or both (one mail, two texts).
    `secret` says which personal link replaces PERSONAL_LINK when it is sent.
    `attachments` are {"name", "sha256"} of stored files. A draft waits until it is released; what is paced, as each
    mail to many must be, leaves so many a minute (MAIL_PER_MINUTE) and is never in the way of the others.
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
        bell.ring(mail)
    return mail


def _texts(kind: str, language: str, context: Mapping[str, object]) -> dict[str, str]:
    """Subject, text and html in one language or in both."""
    languages = LANGUAGE_CODES if language == "both" else (language,)
    parts = [compose(kind, code, context) for code in languages]
    *earlier, last = [part["text"] for part in parts]
    return {
        "subject": " / ".join(part["subject"] for part in parts)[:250],
        "text": "\n\n* * *\n\n".join([*map(_unsigned, earlier), last]),
        "html": render_to_string("emails/frame.html", {"parts": parts}),
    }


def _unsigned(text: str) -> str:
    """The text without its signature: mail programs fade whatever follows one (RFC 3676, 4.3)."""
    return text.rpartition("\n-- \n")[0].rstrip() or text


def hindrance(mail: OutgoingMail) -> str:
    """Why a mail must not leave any more, as a code; empty when it may."""
    return next(filter(None, (hinders(mail) for hinders in hindrances)), "")


class FileMissing(Exception):
    """No store has the enclosed file as it was. Its text is the name of the file."""


def attached(file: Mapping[str, str]) -> bytes:
    """The bytes of an enclosed file. Raises FileMissing."""
    for read in files.values():
        with suppress(FileNotFoundError):
            content = read(file["sha256"])
            if hashlib.sha256(content).hexdigest() == file["sha256"]:
                return content
    raise FileMissing(file["name"])


def compose(kind: str, language: str, context: Mapping[str, object]) -> dict[str, str]:
    """One text of a mail as `post` writes it: its language, subject, text and html; for a preview too."""
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
