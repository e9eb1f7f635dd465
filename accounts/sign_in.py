"""The first sign-in of an invited person: create the account if there is none, then send a code by e-mail."""

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

CODES_PER_ADDRESS = (5, 24 * 3600)  # number, seconds; nobody can use a link to flood another person's mailbox
UNCONFIRMED_FOR = timedelta(days=7)


class TooManyCodes(Exception):
    """The limit of codes for this address is reached."""


class CodeNotSent(Exception):
    """The mail server did not accept the mail. A message on the page tells the visitor."""


def send_code(request: HttpRequest, email: str) -> User | None:
    """Send a sign-in code to the address, and return the user whom the code will sign in.

    Returns None if the account is not active; the visitor then sees the same page. For an unknown address, a user with
    an unverified address is created first, because allauth sends no code otherwise; the code verifies the address.
    The mail goes to the stored address, not to the typed one. Raises TooManyCodes, CodeNotSent.
    """
    if not limits.allow("code", email.lower(), CODES_PER_ADDRESS):
        raise TooManyCodes
    user, address = get_or_create_user(email)
    try:
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=address)
    except ImmediateHttpResponse as error:  # the adapter raises this if the mail could not be sent
        raise CodeNotSent from error
    return user


@transaction.atomic
def get_or_create_user(email: str) -> tuple[User | None, str]:
    """Return the user with this address, created if necessary (None if not active), and the stored address."""
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
    """Delete the accounts that were not confirmed within UNCONFIRMED_FOR. Return their number."""
    people = User.objects.unconfirmed().filter(date_joined__lt=Now() - UNCONFIRMED_FOR)
    for user in people:
        audit.record(None, "user.removed", user)
        user.delete()
    return len(people)
