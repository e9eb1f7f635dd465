"""Who coordinates and who answers for a parliament: what is refused, with a sentence for whoever asked."""

from django.utils.translation import gettext_lazy

from accounts.models import User
from registration.models import Delegation
from registration.rules.refusals import Refused

MOST_COORDINATORS = 6  # of one delegation, invited ones included


class LinkRevoked(Refused):
    """The invitation has no link that opens it."""

    sentence = gettext_lazy("The personal link has been revoked. Issue a new one first.")


class InvitationDeclined(Refused):
    """A declined invitation is accepted before anybody registers."""

    sentence = gettext_lazy("The invitation has been declined. Accept it first.")


class AnswerFinal(Refused):
    """The answer was given, and registration is closed."""

    sentence = gettext_lazy(
        "Registration is closed, so the answer can no longer be changed here. Write to the secretariat."
    )


class RegisteredAlready(Refused):
    """A delegation that the secretariat has received is withdrawn, not declined."""

    sentence = gettext_lazy("The delegation is registered. Withdraw the registration before you decline.")


class NotFirstCoordinator(Refused):
    """Only the first coordinator and the secretariat decide who else coordinates."""

    sentence = gettext_lazy("Nothing was changed: somebody else is the first coordinator by now.")


class CoordinatesAlready(Refused):
    """The person is one of the coordinators."""

    sentence = gettext_lazy("This person already coordinates the delegation.")


class CoordinatesNoMore(Refused):
    """The person is none of the coordinators."""

    sentence = gettext_lazy("Nothing was changed: this person no longer coordinates the delegation.")


class FirstCoordinatorStays(Refused):
    """The first coordinator hands over before leaving."""

    sentence = gettext_lazy("Make somebody else the first coordinator before you leave.")


class TooManyCoordinators(Refused):
    """The delegation has as many coordinators, or has invited as many, as it may."""

    sentence = gettext_lazy("A delegation has at most six coordinators, invited ones included.")


class TooManyInvitations(Refused):
    """The delegation, or the address, has had its share of mails for today."""

    sentence = gettext_lazy("Too many invitations were sent. Try again tomorrow.")


class CandidateGone(Refused):
    """The week is over, the invitation or request was taken back, or it is not this person's to answer."""

    sentence = gettext_lazy("Nothing was changed: this invitation or request is no longer open.")


class AccountClosed(Refused):
    """The account of the address has been closed by the secretariat."""

    sentence = gettext_lazy("This address cannot be invited. Write to the secretariat.")


def decides(delegation: Delegation, user: User) -> bool:
    """Whether the person says who coordinates: the first coordinator, each one while there is no first, an officer."""
    if user.is_secretariat or delegation.lead_id == user.pk:
        return True
    return delegation.lead_id is None and user in delegation.coordinators.all()
