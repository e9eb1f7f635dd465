"""The mails by which documents are issued, written into the outbox with the change that they speak of."""

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
    """The letters of one invitation for one contact, with the personal link; `language` is en, es or both.

    `kind` is the folder of its words: `letter`, `letter_again` or `letter_corrected`. It leaves paced, a draft
    once it is released.
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
    """The files of finished documents as a mail encloses them."""
    return [{"name": one.file_name, "sha256": one.file_sha256} for one in documents]
