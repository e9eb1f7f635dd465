"""A browser in which somebody is signed in."""

from django.test import Client

from accounts.models import User


def browser_of(user: User) -> Client:
    """A browser in which that person is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser
