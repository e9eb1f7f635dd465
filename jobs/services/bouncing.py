"""Mails that come back: noted from a report, or by hand from what somebody says."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from accounts import audit
from accounts.models import User
from jobs import reports
from jobs.models import BOUNCEABLE, OutgoingMail, State
from jobs.reports import Failure


class MailNotSent(Exception):
    """Only what was sent can come back."""


@transaction.atomic
def bounce(*, mail: OutgoingMail, words: str, actor: User | None) -> None:
    """Write down that a mail came back, and what the report said; by nobody when a report was read.

    One in doubt has left, then. Raises MailNotSent when it never left.
    """
    sent = OutgoingMail.objects.filter(pk=mail.pk, state__in=BOUNCEABLE)
    if not sent.update(state=State.DONE, bounced_at=Now(), bounce=words[:2000]):
        raise MailNotSent
    audit.record(actor, "mail.bounced", mail)


def read_report(raw: bytes, *, actor: User | None = None) -> list[Failure]:
    """What of a report is about mails of ours, written down as such.

    A copy that came back is noted in the mail's reason: the addressee has it. What is no report, or is about no mail
    of ours or another address, changes nothing.
    """
    noted = []
    for failure in reports.failures(raw):
        mail = OutgoingMail.objects.filter(message_id=failure.message_id, state__in=BOUNCEABLE).first()
        if mail is None:
            continue
        if failure.address.lower() == mail.to.lower():
            bounce(mail=mail, words=failure.words, actor=actor)
        elif failure.address.lower() in {address.lower() for address in mail.cc}:
            note_copies(mail, {failure.address: failure.words})
        else:
            continue
        noted.append(failure)
    return noted


@transaction.atomic
def note_copies(mail: OutgoingMail, refused: Mapping[str, str]) -> None:
    """Write down which copies were not delivered, and why, beside those that are written down already."""
    current = OutgoingMail.objects.select_for_update(no_key=True).get(pk=mail.pk)
    known = current.error_text if current.error_code == "copies" else ""
    answers = [f"{address}: {answer}" for address, answer in refused.items()]
    text = "; ".join(filter(None, (known, *(answer for answer in answers if answer not in known))))
    OutgoingMail.objects.filter(pk=mail.pk).update(error_code="copies", error_text=text[:2000])
