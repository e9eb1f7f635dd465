"""Issue letters: write mails for review, send them, send letters again, withdraw drafts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from documents import mailing
from documents.models import Delivery, Document
from documents.models.document import DocumentQuerySet
from documents.planned_mails import Languages, PlannedMails, contacts_of, plan_mails
from documents.services.withdrawing import take_back, withdraw
from events.models import Event, Organisation
from jobs import services as job_services
from jobs.clock import database_now
from jobs.models import OutgoingMail, State
from registration import rules
from registration.models import Invitation


class NothingSent(rules.Refused):
    """There is no letter in force, no address to send it to, or the personal link is revoked."""

    sentence = gettext_lazy(
        "Nothing was sent: there is no letter in force, no address is known, or the personal link is revoked."
    )


class SentMeanwhile(rules.Refused):
    """Another officer, or a second click, has sent the letter already."""

    sentence = gettext_lazy("Nothing was sent: the letter has been sent in the meantime.")


@dataclass(frozen=True, slots=True)
class Composed:
    """The mails that were written for review, and the parliaments for which no mail was written."""

    mails: list[OutgoingMail]
    left_out: list[PlannedMails]


@dataclass(frozen=True, slots=True)
class Issued:
    """The number of mails that were sent, and the number that were withdrawn because they are no longer valid."""

    sent: int
    taken_back: int


@transaction.atomic
def compose_issue(
    *,
    event: Event,
    languages: str = Languages.OWN,
    cc: Collection[str] = (),
    organisations: Collection[Organisation] | None = None,
    actor: User,
) -> Composed:
    """Write a draft mail for each contact of each parliament whose letter is ready.

    `organisations` limits the parliaments; None means all. A contact that has a mail with the letter already is
    left out, so a double click or a second officer writes no mail twice. The result lists the parliaments that
    got no mail, with the reason.
    """
    event = lock_event(event)
    keys = None if organisations is None else {plan.pk for plan in organisations}
    planned = [plan for plan in plan_mails(event, languages) if keys is None or plan.organisation.pk in keys]
    mails = [
        mailing.letter(
            "letter",
            plan.invitation,
            contact,
            plan.documents,
            language=plan.language,
            actor=actor,
            cc=cc,
            draft=True,
        )
        for plan in planned
        if plan.problem is None
        for contact in plan.contacts
    ]
    if mails:
        audit.record(actor, "letters.prepared", event, changes={"mails": len(mails), "language": languages})
    return Composed(mails, [plan for plan in planned if plan.problem])


@transaction.atomic
def issue(*, event: Event, mails: Iterable[OutgoingMail], actor: User) -> Issued:
    """Release these drafts, at the pace of mailings. Mails that are no longer drafts are not changed.

    A draft is withdrawn instead if its letter was replaced or declared void after the draft was written, or if
    its personal link was revoked. Raises EventNotHeld if the event is cancelled or postponed.
    """
    event = lock_event(event)
    if event.is_off:
        raise rules.EventNotHeld(event)
    drafts = Delivery.objects.drafts().filter(document__event=event, mail__in=[mail.pk for mail in mails])
    deliveries = list(drafts.with_mail())
    usable = _lock_invitations(
        {delivery.mail.secret_for for delivery in deliveries if delivery.mail.secret_for}
    )
    in_force = _lock_documents({delivery.document_id for delivery in deliveries})
    unfit = {
        delivery.mail_id
        for delivery in deliveries
        if delivery.document_id not in in_force
        or (delivery.mail.secret_for and delivery.mail.secret_for not in usable)
    }
    good = {delivery.mail_id: delivery.mail for delivery in deliveries if delivery.mail_id not in unfit}
    bad = {delivery.mail_id: delivery.mail for delivery in deliveries if delivery.mail_id in unfit}
    sent = job_services.release(mails=good.values(), actor=actor)
    taken_back = take_back(bad.values(), actor)
    invitations = {mail.secret_for for mail in good.values() if mail.secret_for}
    Invitation.objects.filter(pk__in=invitations).update(mailed_at=database_now())
    if sent:
        audit.record(actor, "letters.issued", event, changes={"mails": sent})
    return Issued(sent, taken_back)


@transaction.atomic
def discard(*, event: Event, mails: Iterable[OutgoingMail], actor: User) -> int:
    """Withdraw these drafts from the review queue. Return the number of drafts."""
    event, keys = lock_event(event), [one.pk for one in mails]
    drafts = OutgoingMail.objects.filter(pk__in=keys, state=State.DRAFT, deliveries__document__event=event)
    return take_back(drafts.distinct(), actor)


@transaction.atomic
def resend(*, invitation: Invitation, seen: int, actor: User) -> int:
    """Mail the letters in force again to every contact. Return the number of mails.

    `seen` is the key of the latest delivery that the officer saw. Raises SentMeanwhile if there is a newer
    delivery, NothingSent without a letter in force, an address or a usable link, EventNotHeld if the event is
    cancelled or postponed.
    """
    event = lock_event(invitation.event)
    if event.is_off:
        raise rules.EventNotHeld(event)
    known = Invitation.objects.with_parliament()
    invitation = known.select_for_update(of=("self",), no_key=True).get(pk=invitation.pk)
    letters = list(letters_of(event, invitation.organisation).current().order_by("subject", "language"))
    if latest_delivery(letters_of(event, invitation.organisation)) != seen:
        raise SentMeanwhile
    contacts = contacts_of(invitation)
    if not letters or not contacts or invitation.is_revoked:
        raise NothingSent
    withdraw(Delivery.objects.drafts().filter(document__in=letters), actor)
    for contact in contacts:
        mailing.letter(
            "letter_again", invitation, contact, letters, language=language_of(letters), actor=actor
        )
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=database_now())
    changes = {"addresses": len(contacts), "references": [one.reference for one in letters]}
    audit.record(actor, "letters.sent_again", invitation, changes=changes)
    return len(contacts)


def letters_of(event: Event, organisation: Organisation) -> DocumentQuerySet:
    """Return all versions of the invitation letters to one organisation."""
    return Document.objects.of_kind(Document.Kind.INVITATION).filter(event=event, organisation=organisation)


def latest_delivery(documents: DocumentQuerySet) -> int:
    """Return the key of the latest delivery of these documents, or 0 if there is none."""
    newest = Delivery.objects.filter(document__in=documents).order_by("-pk").values_list("pk", flat=True)
    return newest.first() or 0


def language_of(documents: Iterable[Document]) -> str:
    """Return the language of a mail that encloses these documents: their common language, or "both"."""
    found = {one.language for one in documents}
    return found.pop() if len(found) == 1 else "both"


def lock_event(event: Event) -> Event:
    """Lock the event and return its current row.

    Until the transaction ends, no other process can write letters for the event or change its status.
    """
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    prefetch_related_objects([locked], "windows", "extensions")  # each mail contains the deadline
    return locked


def _lock_documents(documents: Collection[int]) -> set[int]:
    """Lock these documents and return the keys of those in force: they stay so until the transaction ends."""
    locked = Document.objects.select_for_update(no_key=True).filter(pk__in=documents).order_by("pk")
    return {one.pk for one in locked.defer("snapshot") if one.is_current}


def _lock_invitations(invitations: Collection[int]) -> set[int]:
    """Lock these invitations and return the keys of those whose personal link is not revoked."""
    locked = Invitation.objects.select_for_update(no_key=True).filter(pk__in=invitations).order_by("pk")
    return {one.pk for one in locked if not one.is_revoked}
