"""Delegations and people in the states that the tests need."""

from collections.abc import Callable
from typing import Any

from accounts.models import AuditEntry, User
from jobs.models import OutgoingMail
from registration import services
from registration.models import Delegation, Participant
from tests.factories import DelegationFactory, ParticipantFactory, StaffFactory, UserFactory, WindowFactory

HEAD = Participant.Role.HEAD


def draft(people: int = 1, **fields: Any) -> Delegation:
    """A draft in an open window, with complete people (the first is the head) and one coordinator."""
    delegation = DelegationFactory(coordinators=[UserFactory()], **fields)
    if not delegation.event.windows.exists():
        WindowFactory(event=delegation.event)
    for number in range(people):
        role = HEAD if number == 0 else Participant.Role.DELEGATE
        ParticipantFactory(delegation=delegation, role=role, function="Member", order=number)
    return delegation


def coordinator(delegation: Delegation) -> User:
    """The first coordinator by key."""
    return delegation.coordinators.order_by("pk")[0]


def statuses(delegation: Delegation) -> list[str]:
    """The statuses of the people, in order."""
    return list(delegation.participants.in_order().values_list("status", flat=True))


def person_of(delegation: Delegation, number: int = 0) -> Participant:
    """The person at this place in the order."""
    return delegation.participants.select_related("delegation__event").in_order()[number]


def save(delegation: Delegation, **fields: Any) -> Delegation:
    """Save the details, like the button of the page."""
    return services.save_details(
        delegation=delegation, fields=fields, version=delegation.version, actor=coordinator(delegation)
    )


def submit(delegation: Delegation, **fields: Any) -> Delegation:
    """Submit the delegation as its coordinator."""
    values = {"version": delegation.version, "privacy_read": True, "actor": coordinator(delegation)}
    return services.submit_delegation(delegation=delegation, **values | fields).delegation


def confirm(delegation: Delegation, **fields: Any) -> Delegation:
    """Confirm the delegation as an officer."""
    values = {"version": delegation.version, "actor": fields.pop("actor", None) or StaffFactory()}
    return services.confirm_delegation(delegation=delegation, **values | fields)


def give_back(delegation: Delegation, **fields: Any) -> Delegation:
    """Return the delegation as an officer."""
    values = {
        "version": delegation.version,
        "reason": "Please add the functions.",
        "actor": StaffFactory(),
    }
    return services.return_delegation(delegation=delegation, **values | fields)


def end(verb: Callable[..., Delegation], delegation: Delegation, **fields: Any) -> Delegation:
    """End or reopen the delegation as an officer."""
    return verb(delegation=delegation, version=delegation.version, actor=StaffFactory(), **fields)


def verbs() -> list[str]:
    """The verbs of the audit entries, the oldest first."""
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def mails() -> list[tuple[str, str]]:
    """Kind and address of every mail, the oldest first."""
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to"))
