"""Helpers: invitations with letters that look finished, without rendering."""

import hashlib
from datetime import date

from django.db.models.functions import Now

from documents.codes import new_code
from documents.models import Batch, Document
from documents.services.planning import plan
from documents.services.versions import update_validity
from events.models import Event
from jobs.models import OutgoingMail, State
from registration import links
from registration.models import Invitation
from tests.factories import ContactFactory, InvitationFactory, ParliamentFactory


def invite_with_letter(
    event: Event, code: str, *, language: str = "en", contacts: int = 1, letter: bool = True, group: str = ""
) -> tuple[Invitation, Document | None]:
    """Return an invitation with a usable link, and its letter: in Spanish if that is its language, else in English."""
    parliament = ParliamentFactory(organisation__code=code, group=group)
    ContactFactory.create_batch(contacts, parliament=parliament)
    invitation = InvitationFactory(event=event, organisation=parliament.organisation, language=language)
    links.set_fingerprint(invitation).save(update_fields=["token_hash"])
    return invitation, letter_for(invitation, "es" if language == "es" else "en") if letter else None


def letter_for(
    invitation: Invitation, language: str, *, state: str = State.DONE, **changes: object
) -> Document:
    """Return a letter in this language that looks finished. Its file does not exist."""
    code = invitation.organisation.code
    content = hashlib.sha256(f"{code} {language} {changes}".encode()).hexdigest()
    facts = {
        "kind": Document.Kind.INVITATION,
        "event": invitation.event,
        "organisation": invitation.organisation,
        "subject": code,
        "language": language,
        "snapshot": {"recipient": str(invitation.organisation)},
        "content_hash": content,
        "date": date(2026, 4, 23),
        "reference": f"{invitation.event.pk}-INV-{code}-{language.upper()}-{content[:4]}",
        "code": new_code(),
        "state": state,
        "file_sha256": content if state == State.DONE else "",
        "size": 1000,
        "pages": 1,
    }
    return Document.objects.create(**(facts | changes))


def make_without_files(batch: Batch) -> list[Document]:
    """Plan an order, mark its documents as done without files, and return them."""
    plan(Batch.objects.claim(batch.pk))
    waiting = list(batch.documents.filter(state=State.QUEUED))
    for one in waiting:
        file = hashlib.sha256(one.reference.encode()).hexdigest()
        Document.objects.filter(pk=one.pk).update(state=State.DONE, file_sha256=file, size=1000, pages=1)
    update_validity([one.pk for one in waiting])
    return list(batch.documents.order_by("subject", "language"))


def deliver_all() -> None:
    """Mark all waiting mails as sent."""
    OutgoingMail.objects.filter(state=State.QUEUED).update(state=State.DONE, finished_at=Now())
