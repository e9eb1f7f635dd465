"""The mails of registration, written into the outbox with the change that they speak of.

None repeats what a visitor typed: a name can hold an address that mail programs turn into a link.
"""

from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from events.models import Window
from jobs import outbox
from jobs.models import OutgoingMail
from registration.circulars import Addressed
from registration.deadlines import Deadline
from registration.models import ChangeRequest, Circular, Contact, Delegation, Invitation
from registration.recipients import Body, Recipient
from registration.reminders import Due


def invitation(invitation: Invitation, contact: Contact) -> None:
    """The personal link for one contact of the parliament, as one of many."""
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
    """Received, which is not accepted: how many people, and how many of them wait for a place."""
    _to_coordinators("receipt", delegation, submitted=submitted, waiting=waiting)


def promoted(delegation: Delegation, *, people: int) -> None:
    """So many people have moved up from the waiting list."""
    _to_coordinators("promoted", delegation, people=people)


def returned(delegation: Delegation) -> None:
    """To be corrected, and why."""
    _to_coordinators("returned", delegation)


def confirmed(delegation: Delegation, *, people: int, left: int) -> None:
    """So many people are accepted by the secretariat, so many still to be examined."""
    _to_coordinators("confirmed", delegation, people=people, left=left)


def rejected(delegation: Delegation) -> None:
    """Not accepted, and why."""
    _to_coordinators("rejected", delegation, reason=delegation.reason)


def person_rejected(delegation: Delegation, *, reason: str) -> None:
    """One person is not accepted, and why; who it is stands on the page."""
    _to_coordinators("person_rejected", delegation, reason=reason)


def person_cancelled(delegation: Delegation, *, reason: str) -> None:
    """The secretariat has taken one person out, and why, where it says so; who it is stands on the page."""
    _to_coordinators("person_cancelled", delegation, reason=reason)


def withdrawn(delegation: Delegation) -> None:
    """The delegation does not come."""
    _to_coordinators("withdrawn", delegation)


def reopened(delegation: Delegation) -> None:
    """The secretariat gives the pen back."""
    _to_coordinators("reopened", delegation)


def request_received(request: ChangeRequest) -> None:
    """The secretariat has the request."""
    _to_coordinators("request_received", request.delegation, request=request)


def request_answered(request: ChangeRequest, *, submitted: int = 0, waiting: int = 0) -> None:
    """Accepted or refused, with the secretariat's answer and what became of the people who came in by it."""
    kind = "request_accepted" if request.state == ChangeRequest.State.ACCEPTED else "request_refused"
    facts = {"request": request, "reason": request.answer, "submitted": submitted, "waiting": waiting}
    _to_coordinators(kind, request.delegation, **facts)


def extended(subject: Delegation | Invitation, stage: str) -> None:
    """A later deadline; to the registered contacts as long as nobody coordinates."""
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
    """The personal link once more, because somebody asked for it on the event's page."""
    outbox.post(
        "lost_link",
        to=contact.email,
        language=invitation.language,
        context=_about(invitation) | {"organisation": invitation.organisation},
        event_id=invitation.event_id,
        secret=("invitation", invitation.pk),
    )


def coordinator(delegation: Delegation, user: User) -> None:
    """To the parliament's contacts: whose address coordinates from now on, and whom to write to if that is wrong."""
    _to_contacts("coordinator", delegation, {"address": user.email})


def coordinator_invited(delegation: Delegation, user: User) -> None:
    """The way in for somebody who is to coordinate too."""
    _to_person("coordinator_invited", delegation, user)


def coordinator_admitted(delegation: Delegation, user: User) -> None:
    """Yes to somebody who asked to coordinate too."""
    _to_person("coordinator_admitted", delegation, user)


def coordinator_asks(delegation: Delegation, user: User) -> None:
    """To the first coordinator, or to all while there is none: who asks to coordinate too."""
    first = delegation.coordinators.filter(pk=delegation.lead_id, is_active=True)
    for person in first or delegation.coordinators.filter(is_active=True):
        _to_person("coordinator_asks", delegation, person, {"address": user.email})


def coordinator_removed(delegation: Delegation, user: User) -> None:
    """To somebody whose coordination another person has ended."""
    _to_person("coordinator_removed", delegation, user)


def handed_over(delegation: Delegation, user: User, former: User | None = None) -> None:
    """To the first coordinator from now on, and to the one until now, unless they did it themselves (None)."""
    _to_person("handed_over", delegation, user)
    if former:
        _to_person("coordinator", delegation, former, {"address": user.email, "was_first": True})


def reminder(due: Due, recipient: Recipient) -> None:
    """Once more what a body has to do and until when; contacts get their personal link."""
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


def circular(circular: Circular, one: Addressed) -> OutgoingMail:
    """What the secretariat writes to many."""
    return outbox.post(
        "circular",
        to=one.recipient.email,
        language=one.recipient.language,
        context=in_circular(circular, one.body),
        event_id=circular.event_id,
        paced=True,
    )


def in_circular(circular: Circular, body: Body | None) -> dict[str, object]:
    """What the templates of a circular show; without a body no delegation is named."""
    return {"circular": circular, "event": circular.event, "body": body}


def contacts_of(organisation_pk: int | None) -> list[Contact]:
    """To whom notices of a parliament go; nobody for a group, and for a body that is no parliament here."""
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
