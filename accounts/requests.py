"""Helpers for requests: the type of a signed-in request, and numbers in requests."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For type annotations: behind `login_required`, the request has a user."""

    user: User


def parse_number(typed: object) -> int:
    """Return a whole number from a URL or a form; -1, which no row and no version has, for any other text."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else -1
