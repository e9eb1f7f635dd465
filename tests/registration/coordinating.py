"""Helpers for the tests of coordination."""

from accounts.models import User
from jobs.models import OutgoingMail
from registration import services
from registration.models import Delegation, Invitation


def claim(invitation: Invitation, user: User) -> Delegation:
    return services.claim_delegation(invitation=invitation, user=user, language="en")


def invite(
    delegation: Delegation, actor: User, email: str = "third@parliament.example", **fields: object
) -> bool:
    return services.invite_coordinator(
        delegation=delegation, email=email, language="en", actor=actor, **fields
    )


def coordinators(delegation: Delegation) -> list[str]:
    """The addresses of the coordinators, in order."""
    return sorted(delegation.coordinators.values_list("email", flat=True))


def mails(kind: str) -> list[str]:
    """The recipients of mails of this kind, in order."""
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("to", flat=True))
