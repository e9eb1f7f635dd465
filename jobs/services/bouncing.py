"""Record bounced mails, from a delivery report or by hand."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from accounts import audit
from accounts.models import User
from jobs import reports
from jobs.models import BOUNCEABLE, OutgoingMail, State
from jobs.reports import Failure


class MailNotSent(Exception):
    """The mail was never sent, so it cannot have bounced."""


@transaction.atomic
def bounce(*, mail: OutgoingMail, words: str, actor: User | None) -> None:
    """Record that a mail bounced, with the text of the report. `actor` is None if a program read the report.

    A mail in doubt becomes done, because a bounce proves that it was sent. Raises MailNotSent if it was never sent.
    """
    sent = OutgoingMail.objects.filter(pk=mail.pk, state__in=BOUNCEABLE)
    if not sent.update(state=State.DONE, bounced_at=Now(), bounce=words[:2000]):
        raise MailNotSent
    audit.record(actor, "mail.bounced", mail)


def read_report(raw: bytes, *, actor: User | None = None) -> list[Failure]:
    """Record the failures that a report names for our mails, and return them.

    If only a copy bounced, this is added to the mail's reason, because the addressee has the mail. Other messages, and
    failures of unknown mails or addresses, are ignored.
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
    """Add the copies that were not delivered, with the server's answers, to the mail's reason."""
    current = OutgoingMail.objects.select_for_update(no_key=True).get(pk=mail.pk)
    known = current.error_text if current.error_code == "copies" else ""
    answers = [f"{address}: {answer}" for address, answer in refused.items()]
    text = "; ".join(filter(None, (known, *(answer for answer in answers if answer not in known))))
    OutgoingMail.objects.filter(pk=mail.pk).update(error_code="copies", error_text=text[:2000])
