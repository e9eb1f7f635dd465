"""The coordinator's form as a browser sends it."""

from typing import Any

from django.test import Client

from accounts.models import User
from registration.models import Delegation, Participant

FIELDS = ("role", "honorific", "given_names", "family_names", "badge_name", "gender", "function", "email")


def browser_of(user: User) -> Client:
    """A browser in which that person is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def row(**fields: str) -> dict[str, str]:
    """A new person, complete."""
    complete = {
        "role": "delegate",
        "given_names": "Specimen",
        "family_names": "One",
        "gender": "woman",
        "function": "Member",
    }
    return complete | fields


def stored_row(participant: Participant, **fields: str) -> dict[str, str]:
    """A person who is stored, as the form shows them."""
    values = {name: getattr(participant, name) for name in FIELDS}
    return values | {"pk": str(participant.pk)} | fields


def form_of(delegation: Delegation, *rows: dict[str, str], **fields: str) -> dict[str, str]:
    """All that is sent by Save, or by another button (`action`)."""
    data = {
        "people-TOTAL_FORMS": str(len(rows)),
        "people-INITIAL_FORMS": str(len(rows)),
        "version": str(delegation.version),
        "remarks": "",
        "action": "save",
    }
    for index, one in enumerate(rows):
        data |= {f"people-{index}-{name}": value for name, value in one.items()}
    return data | fields


def post(client: Client, delegation: Delegation, *rows: dict[str, str], **fields: str) -> Any:
    return client.post(delegation.get_absolute_url(), form_of(delegation, *rows, **fields))
