"""Personal data in the outbox: the addresses, subjects and texts of mails."""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, findings, impersonal, privacy_levels, stores
from jobs.models import ABORTABLE, RETRYABLE, WAITING, OutgoingMail, OutgoingMailQuerySet, State

BATCH = 1000
EMPTY = {
    "to": "",
    "cc": [],
    "subject": "",
    "text": "",
    "html": "",
    "attachments": [],
    "bounce": "",
    "error_text": "",
}
JOB = "state errors deaths fence lease_owner lease_until not_before rung_at error_code created_at finished_at"
"""The columns of every job that hold no personal data. Each kind of job classifies its own `error_text`."""


def register() -> None:
    """Add the outbox to the registry of personal data."""
    stores["mails"] = MAILS
    impersonal["jobs.outgoingmail"] = (
        f"{JOB} message_id kind language secret_kind secret_for event_id paced bounced_at"
    )


def _purge(at: datetime) -> int:
    """Empty mails older than MAIL_KEPT_DAYS that no longer wait or run. Return their number; the rows are kept."""
    limit = at - timedelta(days=settings.MAIL_KEPT_DAYS)
    old = OutgoingMail.objects.filter(created_at__lt=limit).exclude(state__in=WAITING).exclude(**EMPTY)
    emptied = 0
    while keys := list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        emptied += _empty(OutgoingMail.objects.filter(pk__in=keys))
    return emptied


@transaction.atomic
def _empty(mails: OutgoingMailQuerySet) -> int:
    """Empty the mails and cancel those that could still be sent, because their text is gone. Return their number."""
    keys = list(mails.values_list("pk", flat=True))
    mails.filter(pk__in=keys, state__in=(*RETRYABLE, *ABORTABLE)).update(state=State.CANCELLED)
    return mails.model.objects.filter(pk__in=keys).update(**EMPTY)


def _about(subject: Subject) -> OutgoingMailQuerySet:
    """Return the mails to the address, and the mails about their events whose text contains one of the names."""
    named = [
        pk
        for pk, text in OutgoingMail.objects.filter(event_id__in=subject.events).values_list("pk", "text")
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in subject.names)
    ]
    # With the quotes, to compare whole addresses: juliana@… ends with ana@….
    copied = Q(cc__icontains=f'"{subject.email}"')
    to = Q(to__iexact=subject.email) | copied if subject.email else Q()
    return OutgoingMail.objects.filter(to | Q(pk__in=named)) if to or named else OutgoingMail.objects.none()


def _find(subject: Subject) -> list[Finding]:
    return findings(_about(subject), MAILS.fields)


def _erase(subject: Subject) -> int:
    return _empty(_about(subject).exclude(state=State.RUNNING))


MAILS = Store(
    name=_("Outgoing mail"),
    purpose=_("to send the news about a registration, and to settle afterwards what was sent"),
    kept=format_lazy(
        _("address and text for {days} days after the mail was written"), days=settings.MAIL_KEPT_DAYS
    ),
    fields=privacy_levels(
        Privacy.PERSONAL, "jobs.outgoingmail", "to cc subject text html attachments bounce error_text"
    ),
    find=_find,
    erase=_erase,
    purge=_purge,
)
