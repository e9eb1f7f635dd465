"""A test client with a signed-in user."""

from django.test import Client

from accounts.models import User


def browser_of(user: User) -> Client:
    """A test client in which this user is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser
