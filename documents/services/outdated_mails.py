"""Recognise mails whose content is no longer true when they are about to leave."""

from documents.models import Document
from documents.services.notices import INVITING_KINDS, NOTICE_KINDS
from events.models import Event
from jobs.models import OutgoingMail
from registration.models import Invitation

Validity = Document.Validity


def reason_not_to_send(mail: OutgoingMail) -> str:
    """Return a code for the reason why the mail must not leave, or "" if it may."""
    if mail.attachments:
        enclosed = Document.objects.filter(deliveries__mail=mail).values_list("validity", flat=True)
        for validity in (Validity.VOID, Validity.REPLACED):
            if validity in enclosed:
                return validity.value
    if (
        mail.kind in INVITING_KINDS
        and Event.objects.filter(pk=mail.event_id or 0, status__in=NOTICE_KINDS).exists()
    ):
        return "event_off"
    if mail.secret_for and Invitation.objects.filter(pk=mail.secret_for, token_hash=None).exists():
        return "link_revoked"
    return ""
