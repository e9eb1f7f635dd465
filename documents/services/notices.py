"""Tell people that an event is cancelled or postponed, and withdraw mails that must no longer leave."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy

from accounts import audit
from accounts.models import AuditEntry, User
from documents.models import Delivery, Document
from documents.planned_mails import contacts_of
from documents.services.issuing import lock_event
from documents.services.withdrawing import take_back
from events.models import Event
from jobs import outbox
from jobs.models import ABORTABLE, OutgoingMail, State
from registration import rules
from registration.recipients import Body, Recipient, bodies

Status = Event.Status
NOTICE_KINDS = {Status.CANCELLED: "event_cancelled", Status.POSTPONED: "event_postponed"}
INVITING_KINDS = ("invitation", "letter", "letter_again", "letter_corrected", "reminder", "extension")
"""Kinds of mails that ask somebody to register. None leaves while the event is cancelled or postponed."""

MAX_AT_ONCE = 500  # mails per query that one pass of the sweeper withdraws


class NoNoticeNeeded(rules.Refused):
    """The event is neither cancelled nor postponed."""

    sentence = gettext_lazy("Nothing was sent: the event is neither cancelled nor postponed.")


@dataclass(frozen=True, slots=True)
class Holder:
    """A body that has a document, a personal link or a registration, and its recipients."""

    body: Body
    recipients: list[Recipient]
    documents: int

    @property
    def name(self) -> str:
        return self.body.name


@dataclass(frozen=True, slots=True)
class NoticePage:
    """What the page about a cancelled or postponed event shows.

    `notified` and `not_notified` count e-mail addresses, `words` are the texts of the mail.
    """

    holders: list[Holder]
    notified: int
    not_notified: int
    words: dict[str, str]

    @property
    def documents(self) -> int:
        return sum(one.documents for one in self.holders)


def notice_page(event: Event) -> NoticePage:
    """Return what the page about a cancelled or postponed event shows. The words are in the active language."""
    all_holders = holders(event)
    language = get_language() or settings.LANGUAGE_CODE
    words = outbox.compose(NOTICE_KINDS[Status(event.status)], language, notice_context(event, None, None))
    return NoticePage(
        all_holders, len(notices(event)), len(recipients_without_notice(event, all_holders)), words
    )


def holders(event: Event) -> list[Holder]:
    """Return the bodies that have a valid document, were sent a personal link or have a delegation, sorted by code."""
    current = Document.objects.current().filter(event=event)
    to_bodies = Counter(current.exclude(organisation=None).values_list("organisation", flat=True))
    to_delegations = Counter(current.exclude(delegation=None).values_list("delegation", flat=True))
    with_documents = []
    for body in bodies(event):
        number = to_bodies[body.organisation.pk] if body.organisation else 0
        number += to_delegations[body.delegation.pk] if body.delegation else 0
        if number or body.delegation or (body.invitation and body.invitation.mailed_at):
            with_documents.append(Holder(body, list(_recipients(body)), number))
    return with_documents


def recipients_without_notice(
    event: Event, all_holders: list[Holder]
) -> list[tuple[Holder | None, Recipient]]:
    """Return the recipients who got no notice since the event's status last changed, each address once.

    Those who only had copies of letters come last, without a holder.
    """
    notified = {mail.to.lower() for mail in notices(event)}
    recipients = []
    addressed = [(holder, recipient) for holder in all_holders for recipient in holder.recipients]
    copies = Delivery.objects.filter(document__event=event).copy_addresses()
    in_copy = [(None, Recipient(address, language, is_contact=True)) for address, language in copies.items()]
    for holder, recipient in (*addressed, *in_copy):
        if (address := recipient.email.lower()) not in notified:
            notified.add(address)
            recipients.append((holder, recipient))
    return recipients


def notices(event: Event) -> list[OutgoingMail]:
    """Return the notices written since the event was last cancelled or postponed, without withdrawn ones."""
    kind = NOTICE_KINDS.get(Status(event.status), "")
    mails = OutgoingMail.objects.filter(event_id=event.pk, kind=kind).exclude(state=State.CANCELLED)
    moves = AuditEntry.objects.filter(
        verb=f"event.{event.status}", object_type=event._meta.label_lower, object_id=event.pk
    )
    if moved := moves.order_by("-at").values_list("at", flat=True).first():
        mails = mails.filter(created_at__gte=moved)
    return list(mails.defer("text", "html"))


def count_inviting_mails(event: Event) -> int:
    """Return the number of mails that invite to the event, or remind of it, and have not left."""
    return OutgoingMail.objects.filter(
        state__in=ABORTABLE, kind__in=INVITING_KINDS, event_id=event.pk
    ).count()


@transaction.atomic
def notify(*, event: Event, actor: User) -> int:
    """Mail every holder that the event is cancelled or postponed, each address once.

    Return the number of mails. Raises NoNoticeNeeded.
    """
    event = lock_event(event)
    if not event.is_off:
        raise NoNoticeNeeded
    addressed = recipients_without_notice(event, holders(event))
    for holder, recipient in addressed:
        outbox.post(
            NOTICE_KINDS[Status(event.status)],
            to=recipient.email,
            language=recipient.language,
            context=notice_context(event, holder, recipient),
            event_id=event.pk,
            paced=True,
        )
    if addressed:
        audit.record(
            actor, "event.told", event, changes={"addresses": len(addressed), "status": event.status}
        )
    return len(addressed)


def notice_context(event: Event, holder: Holder | None, recipient: Recipient | None) -> dict[str, object]:
    """Return the context of a notice. It has the delegation only if the recipient may open the registration."""
    opens = holder is not None and recipient is not None and not recipient.is_contact
    delegation = holder.body.delegation if holder and opens else None
    return {
        "event": event,
        "delegation": delegation,
        "folder": f"emails/{NOTICE_KINDS[Status(event.status)]}",
    }


def withdraw_for_moved_events() -> int:
    """Withdraw outdated mails. Return the number of mails.

    Outdated are invitations to cancelled or postponed events, and notices if the event has changed status again.
    The sweeper calls the function, and so does the administration after a change of status. It may run at any
    time.
    """
    waiting = OutgoingMail.objects.filter(state__in=ABORTABLE)
    off = Event.objects.filter(status__in=NOTICE_KINDS).values("pk")
    count = take_back(waiting.filter(kind__in=INVITING_KINDS, event_id__in=off)[:MAX_AT_ONCE], None)
    for status, kind in NOTICE_KINDS.items():
        undone = Event.objects.exclude(status=status).values("pk")
        count += take_back(waiting.filter(kind=kind, event_id__in=undone)[:MAX_AT_ONCE], None)
    return count


def _recipients(body: Body) -> Iterator[Recipient]:
    """Yield the coordinators and the contacts of the body, each address once: the news concerns both."""
    seen: set[str] = set()
    coordinators = body.delegation.coordinators.all() if body.delegation else ()
    recipients = [Recipient(user.email, user.language) for user in coordinators if user.is_active]
    if body.invitation and body.parliament:
        language = body.invitation.language
        recipients += [
            Recipient(contact.email, language, is_contact=True) for contact in contacts_of(body.invitation)
        ]
    for recipient in recipients:
        if recipient.email.lower() not in seen:
            seen.add(recipient.email.lower())
            yield recipient
