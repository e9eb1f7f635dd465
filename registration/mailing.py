"""The mails of registration, written into the outbox with the change that they speak of.

None repeats what a visitor typed: a name can hold an address that mail programs turn into a link.
"""

from django.utils import timezone

from jobs import outbox
from registration.deadlines import Deadline
from registration.models import Contact, Delegation, Invitation


def invitation(invitation: Invitation, contact: Contact) -> None:
    """The personal link for one contact of the parliament; the sweeper rings, for there are many."""
    outbox.post(
        "invitation",
        to=contact.email,
        language=invitation.language,
        context=_about(invitation) | {"organisation": invitation.organisation},
        event_id=invitation.event_id,
        secret=("invitation", invitation.pk),
        ring=False,
    )


def receipt(delegation: Delegation) -> None:
    """Received, which is not accepted."""
    _to_coordinators("receipt", delegation)


def returned(delegation: Delegation) -> None:
    """To be corrected, and why."""
    _to_coordinators("returned", delegation)


def confirmed(delegation: Delegation) -> None:
    """Accepted by the secretariat."""
    _to_coordinators("confirmed", delegation)


def _to_coordinators(kind: str, delegation: Delegation) -> None:
    context = _about(delegation) | {"delegation": delegation, "people": delegation.participants.count()}
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
