"""Requests: of people who are signed in, and the numbers in them."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations: behind `login_required` there is a person."""

    user: User


def number(typed: object) -> int:
    """A whole number from an address or a form; -1, which no row and no version has, for anything else."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else -1
