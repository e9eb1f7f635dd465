"""The mails of registration, written to the outbox in the transaction of the change that they report.

No mail repeats text typed by a visitor: a name can contain an address that mail programs turn into a link.
"""

from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from events.models import Window
from jobs import outbox
from jobs.models import OutgoingMail
from registration.circulars import BodyRecipient
from registration.deadlines import Deadline
from registration.models import ChangeRequest, Circular, Contact, Delegation, Invitation
from registration.recipients import Body, Recipient
from registration.reminders import DueReminder


def invitation(invitation: Invitation, contact: Contact) -> None:
    """Send the personal link to one contact of the parliament, at the pace of bulk mail."""
    outbox.post(
        "invitation",
        to=contact.email,
        language=invitation.language,
        context=_about(invitation) | {"organisation": invitation.organisation},
        event_id=invitation.event_id,
        secret=("invitation", invitation.pk),
        paced=True,
    )


def receipt(delegation: Delegation, *, submitted: int, waiting: int) -> None:
    """Say that the registration was received (not yet accepted): how many people, how many are waitlisted."""
    _to_coordinators("receipt", delegation, submitted=submitted, waiting=waiting)


def promoted(delegation: Delegation, *, people: int) -> None:
    """Say how many people were promoted from the waiting list."""
    _to_coordinators("promoted", delegation, people=people)


def returned(delegation: Delegation) -> None:
    """Say that the delegation was returned for correction, and why."""
    _to_coordinators("returned", delegation)


def confirmed(delegation: Delegation, *, people: int, left: int) -> None:
    """Say how many people the secretariat has confirmed, and how many it has still to examine."""
    _to_coordinators("confirmed", delegation, people=people, left=left)


def rejected(delegation: Delegation) -> None:
    """Say that the delegation was rejected, and why."""
    _to_coordinators("rejected", delegation, reason=delegation.reason)


def person_rejected(delegation: Delegation, *, reason: str) -> None:
    """Say that one person was rejected, and why; the name is only on the page."""
    _to_coordinators("person_rejected", delegation, reason=reason)


def person_cancelled(delegation: Delegation, *, reason: str) -> None:
    """Say that the secretariat removed one person, and the reason if any; the name is only on the page."""
    _to_coordinators("person_cancelled", delegation, reason=reason)


def withdrawn(delegation: Delegation) -> None:
    """Say that the delegation was withdrawn."""
    _to_coordinators("withdrawn", delegation)


def reopened(delegation: Delegation) -> None:
    """Say that the secretariat has reopened the registration for editing."""
    _to_coordinators("reopened", delegation)


def request_received(request: ChangeRequest) -> None:
    """Say that the secretariat has received the request."""
    _to_coordinators("request_received", request.delegation, request=request)


def request_answered(request: ChangeRequest, *, submitted: int = 0, waiting: int = 0) -> None:
    """Send the secretariat's answer, with the numbers of people that it submitted and waitlisted."""
    kind = "request_accepted" if request.state == ChangeRequest.State.ACCEPTED else "request_refused"
    facts = {"request": request, "reason": request.answer, "submitted": submitted, "waiting": waiting}
    _to_coordinators(kind, request.delegation, **facts)


def extended(subject: Delegation | Invitation, stage: str) -> None:
    """Announce a later deadline to the coordinators, or to the registered contacts if there are none."""
    about = {
        "stage": Window.Stage(stage).label,
        "deadline": Deadline.of(subject.event, timezone.now(), subject.organisation, stage),
        "delegation": subject if isinstance(subject, Delegation) else None,
    }
    if isinstance(subject, Delegation) and subject.coordinators.exists():
        _to_coordinators("extension", subject, **about)
    else:
        _to_contacts("extension", subject, about)


def lost_link(invitation: Invitation, contact: Contact) -> None:
    """Send the personal link again, because somebody asked for it on the event's page."""
    outbox.post(
        "lost_link",
        to=contact.email,
        language=invitation.language,
        context=_about(invitation) | {"organisation": invitation.organisation},
        event_id=invitation.event_id,
        secret=("invitation", invitation.pk),
    )


def coordinator(delegation: Delegation, user: User) -> None:
    """Tell the parliament's contacts who coordinates now, and whom to write to if that is wrong."""
    _to_contacts("coordinator", delegation, {"address": user.email})


def coordinator_invited(delegation: Delegation, user: User) -> None:
    """Invite a user to coordinate too."""
    _to_person("coordinator_invited", delegation, user)


def coordinator_admitted(delegation: Delegation, user: User) -> None:
    """Tell a user who asked to coordinate that they do now."""
    _to_person("coordinator_admitted", delegation, user)


def coordinator_asks(delegation: Delegation, user: User) -> None:
    """Tell the first coordinator, or all if there is none, who asks to coordinate."""
    first = delegation.coordinators.filter(pk=delegation.lead_id, is_active=True)
    for person in first or delegation.coordinators.filter(is_active=True):
        _to_person("coordinator_asks", delegation, person, {"address": user.email})


def coordinator_removed(delegation: Delegation, user: User) -> None:
    """Tell a user that somebody else removed them as coordinator."""
    _to_person("coordinator_removed", delegation, user)


def handed_over(delegation: Delegation, user: User, former: User | None = None) -> None:
    """Tell the new first coordinator, and the former one unless they did it themselves (`former` is None)."""
    _to_person("handed_over", delegation, user)
    if former:
        _to_person("coordinator", delegation, former, {"address": user.email, "was_first": True})


def reminder(due: DueReminder, recipient: Recipient) -> None:
    """Remind a recipient of what the body has to do and until when; contacts get their personal link."""
    outbox.post(
        "reminder",
        to=recipient.email,
        language=recipient.language,
        context={
            "event": due.body.subject.event,
            "organisation": due.body.organisation,
            "delegation": due.body.delegation,
            "deadline": due.deadline,
            "audience": due.reminder.audience,
            "is_contact": recipient.is_contact,
        },
        event_id=due.body.subject.event_id,
        secret=("invitation", due.invitation.pk) if recipient.is_contact else None,
        paced=True,
    )


def circular(circular: Circular, addressee: BodyRecipient) -> OutgoingMail:
    """Send one mail of a circular."""
    return outbox.post(
        "circular",
        to=addressee.recipient.email,
        language=addressee.recipient.language,
        context=circular_context(circular, addressee.body),
        event_id=circular.event_id,
        paced=True,
    )


def circular_context(circular: Circular, body: Body | None) -> dict[str, object]:
    """The template context of a circular; without a body, the text names no delegation."""
    return {"circular": circular, "event": circular.event, "body": body}


def contacts_of(organisation_pk: int | None) -> list[Contact]:
    """The contacts of a parliament; empty for a group and for other organisations."""
    of_body = Contact.objects.filter(parliament__organisation=organisation_pk)
    return list(of_body.select_related("parliament")) if organisation_pk else []


def _to_person(
    kind: str, delegation: Delegation, user: User, context: Mapping[str, object] | None = None
) -> None:
    outbox.post(
        kind,
        to=user.email,
        language=user.language,
        context=_about(delegation) | {"delegation": delegation} | dict(context or {}),
        event_id=delegation.event_id,
    )


def _to_contacts(kind: str, subject: Delegation | Invitation, context: Mapping[str, object]) -> None:
    about = _about(subject) | {"delegation": subject, "folder": f"emails/{kind}"}
    for contact in contacts_of(subject.organisation_id):
        outbox.post(
            kind,
            to=contact.email,
            language=contact.parliament.language,
            context=about | dict(context),
            event_id=subject.event_id,
        )


def _to_coordinators(kind: str, delegation: Delegation, /, **facts: object) -> None:
    context = _about(delegation) | {"delegation": delegation, "folder": f"emails/{kind}"} | facts
    for coordinator in delegation.coordinators.filter(is_active=True):
        outbox.post(
            kind,
            to=coordinator.email,
            language=coordinator.language,
            context=context,
            event_id=delegation.event_id,
        )


def _about(subject: Invitation | Delegation) -> dict[str, object]:
    deadline = Deadline.of(subject.event, timezone.now(), subject.organisation)
    return {"event": subject.event, "deadline": deadline}
