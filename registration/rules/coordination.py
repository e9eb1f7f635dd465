"""Refusals about coordinating a delegation and answering an invitation, each with a sentence for the user."""

from django.utils.translation import gettext_lazy

from accounts.models import User
from registration.models import Delegation
from registration.rules.refusals import Refused

MOST_COORDINATORS = 6  # per delegation, including invited ones


class LinkRevoked(Refused):
    """The invitation has no valid link."""

    sentence = gettext_lazy("The personal link has been revoked. Issue a new one first.")


class InvitationDeclined(Refused):
    """A declined invitation must be accepted before anybody can register."""

    sentence = gettext_lazy("The invitation has been declined. Accept it first.")


class AnswerFinal(Refused):
    """The invitation was answered and registration is closed."""

    sentence = gettext_lazy(
        "Registration is closed, so the answer can no longer be changed here. Write to the secretariat."
    )


class RegisteredAlready(Refused):
    """A submitted or confirmed delegation must be withdrawn before its invitation can be declined."""

    sentence = gettext_lazy("The delegation is registered. Withdraw the registration before you decline.")


class NotFirstCoordinator(Refused):
    """Only the first coordinator and the secretariat decide who else coordinates."""

    sentence = gettext_lazy("Nothing was changed: somebody else is the first coordinator by now.")


class CoordinatesAlready(Refused):
    """The person already coordinates this delegation."""

    sentence = gettext_lazy("This person already coordinates the delegation.")


class CoordinatesNoMore(Refused):
    """The person does not coordinate this delegation."""

    sentence = gettext_lazy("Nothing was changed: this person no longer coordinates the delegation.")


class FirstCoordinatorStays(Refused):
    """The first coordinator must hand over before leaving."""

    sentence = gettext_lazy("Make somebody else the first coordinator before you leave.")


class TooManyCoordinators(Refused):
    """The delegation has MOST_COORDINATORS coordinators, including invited ones."""

    sentence = gettext_lazy("A delegation has at most six coordinators, invited ones included.")


class TooManyInvitations(Refused):
    """The delegation or the address has reached its daily limit of mails."""

    sentence = gettext_lazy("Too many invitations were sent. Try again tomorrow.")


class CandidateGone(Refused):
    """The invitation or request has expired, was taken back, or belongs to another person."""

    sentence = gettext_lazy("Nothing was changed: this invitation or request is no longer open.")


class AccountClosed(Refused):
    """The secretariat has closed the account of this address."""

    sentence = gettext_lazy("This address cannot be invited. Write to the secretariat.")


def may_decide(delegation: Delegation, user: User) -> bool:
    """True if the user decides who coordinates: the first coordinator or an officer.

    While there is no first coordinator, every coordinator decides.
    """
    if user.is_secretariat or delegation.lead_id == user.pk:
        return True
    return delegation.lead_id is None and user in delegation.coordinators.all()
