"""The first sign-in of an invited person: an account when there is none, then a code by e-mail."""

from datetime import timedelta

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest

from accounts import audit, limits
from accounts.models import User

CODES_PER_ADDRESS = (5, 24 * 3600)  # so that a link is no way to fill a stranger's mailbox
UNCONFIRMED_FOR = timedelta(days=7)


class TooManyCodes(Exception):
    """This address was sent as many codes as it may be for now."""


class CodeNotSent(Exception):
    """The mail server took no mail; the visitor has been told in a message."""


def send_code(request: HttpRequest, email: str) -> User | None:
    """Send a sign-in code to the address, whether or not it is known, and answer who it will sign in.

    Nobody when the account is closed: the page that follows is the same. An unknown address gets a person with
    an unverified address first, because allauth sends no code without one; the code verifies it. The mail goes
    to the stored address. Raises TooManyCodes, CodeNotSent.
    """
    if not limits.allow("code", email.lower(), CODES_PER_ADDRESS):
        raise TooManyCodes
    user, address = person_for(email)
    try:
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=address)
    except ImmediateHttpResponse as error:  # the adapter's answer when no mail could be sent
        raise CodeNotSent from error
    return user


@transaction.atomic
def person_for(email: str) -> tuple[User | None, str]:
    """The active person who signs in with this address, made when nobody has it, and the address as stored."""
    email = email.strip().lower()
    known = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    user = known.user if known else User.objects.filter(email=email).first()
    if user is None:
        user, is_new = User.objects.get_or_create(email=email, defaults={"password": make_password(None)})
        if is_new:
            audit.record(None, "user.added", user)
    if not user.is_active:
        return None, email
    first = not EmailAddress.objects.filter(user=user, primary=True).exists()
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": first, "verified": False})
    return user, email


@transaction.atomic
def remove_unconfirmed() -> int:
    """Remove who gave an address a week ago or earlier and never confirmed it. Returns how many."""
    people = User.objects.unconfirmed().filter(date_joined__lt=Now() - UNCONFIRMED_FOR)
    for user in people:
        audit.record(None, "user.removed", user)
        user.delete()
    return len(people)
