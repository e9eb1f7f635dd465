"""The steps of a visitor, for the tests of registration."""

import re
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from registration import links
from registration.models import Invitation
from tests.factories import InvitationFactory, WindowFactory


def issued_invitation(**fields: Any) -> Invitation:
    """An invitation with a working link, to an event whose registration is open."""
    invitation = links.set_fingerprint(InvitationFactory(**fields))
    invitation.save()
    WindowFactory(event=invitation.event)
    return invitation


def address(invitation: Invitation, language: str = "en") -> str:
    """The path of the link in the mail."""
    return links.personal_link(invitation.pk, language).removeprefix("http://localhost:8000")


def open_link(client: Client, invitation: Invitation) -> None:
    client.get(address(invitation))


def give_address(client: Client, email: str = "coordinator@parliament.example") -> Any:
    return client.post(reverse("registration:invitation"), {"email": email})


def code_in(mail: EmailMessage) -> str:
    """The code in a sign-in mail."""
    return re.search(r"^\s*([A-Z0-9]{2,}-[A-Z0-9]{2,})\s*$", str(mail.body), re.MULTILINE)[1]


def give_code(client: Client, asked: Any, code: str) -> Any:
    """Type the code on the page after the address; returns the page at which the visitor arrives."""
    return client.post(asked.url, {"code": code}, follow=True)
