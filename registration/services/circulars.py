"""Send a circular to many delegations."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.language import LANGUAGE_CODES
from accounts.models import User
from jobs.clock import database_now
from registration import mailing, rules
from registration.circulars import body_recipients, selected_bodies
from registration.models import Circular


class AlreadySent(rules.Refused):
    """Another officer, or another click, has sent the circular already."""

    sentence = gettext_lazy("Nothing was sent: this circular has been sent already.")


class CircularChanged(rules.Refused):
    """Somebody saved the circular after the preview was opened."""

    sentence = gettext_lazy("Nothing was sent: the circular has been changed since this page was opened.")


class TextMissing(rules.Refused):
    """The subject or the text is missing in one of the languages."""

    sentence = gettext_lazy("Nothing was sent: write the subject and the text in both languages first.")


class NoRecipients(rules.Refused):
    """The filters select nobody with an address."""

    sentence = gettext_lazy("Nothing was sent: nobody with an address is chosen.")


def is_complete(circular: Circular) -> bool:
    """True if the subject and the text are written in both languages."""
    columns = (f"{name}_{code}" for name in ("subject", "text") for code in LANGUAGE_CODES)
    return all((getattr(circular, column) or "").strip() for column in columns)


@transaction.atomic
def send_circular(*, circular: Circular, version: int, actor: User, at: datetime | None = None) -> Circular:
    """Write one mail per selected organisation and address, if `version` is still the present one.

    Returns the sent circular. Raises AlreadySent, CircularChanged, TextMissing, NoRecipients.
    """
    held = Circular.objects.select_for_update(of=("self",), no_key=True).select_related("event")
    circular = held.get(pk=circular.pk)
    if circular.is_sent:
        raise AlreadySent
    if circular.version != version:
        raise CircularChanged
    if not is_complete(circular):
        raise TextMissing
    mails = [
        mailing.circular(circular, addressee) for addressee in body_recipients(selected_bodies(circular))
    ]
    if not mails:
        raise NoRecipients
    circular.mails.set(mails)
    circular.sent_at, circular.sent_to = at or database_now(), len(mails)
    circular.save(update_fields=["sent_at", "sent_to"])
    changes = {"addresses": len(mails), "recipients": circular.recipients}
    audit.record(actor, "circular.sent", circular, changes=changes, at=circular.sent_at)
    return circular
