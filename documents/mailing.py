"""Write the mails that carry documents into the outbox, in the transaction of the change that they report."""

from collections.abc import Collection, Iterable, Sequence

from django.utils import timezone

from accounts.models import User
from documents.models import Delivery, Document
from jobs import outbox
from jobs.models import OutgoingMail
from registration.deadlines import Deadline
from registration.models import Contact, Invitation


def letter(
    kind: str,
    invitation: Invitation,
    contact: Contact,
    documents: Sequence[Document],
    *,
    language: str,
    actor: User | None,
    changes: Collection[str] = (),
    cc: Collection[str] = (),
    draft: bool = False,
) -> OutgoingMail:
    """Write a mail with the letters and the personal link of one invitation to one contact. Return the mail.

    `language` is "en", "es" or "both". `kind` is the folder of the mail's texts: `letter`, `letter_again` or
    `letter_corrected`. The mail leaves at the pace of mailings; a draft leaves only after it is released.
    """
    mail = outbox.post(
        kind,
        to=contact.email,
        language=language,
        context={
            "event": invitation.event,
            "organisation": invitation.organisation,
            "deadline": Deadline.of(invitation.event, timezone.now(), invitation.organisation),
            "documents": documents,
            "changes": changes,
        },
        event_id=invitation.event_id,
        secret=("invitation", invitation.pk),
        cc=cc,
        attachments=enclosures(documents),
        draft=draft,
        paced=True,
    )
    Delivery.objects.bulk_create(
        [Delivery(document=document, mail=mail, written_by=actor) for document in documents]
    )
    return mail


def enclosures(documents: Iterable[Document]) -> list[dict[str, str]]:
    """Return the files of finished documents in the form in which a mail lists its attachments."""
    return [{"name": one.file_name, "sha256": one.file_sha256} for one in documents]
