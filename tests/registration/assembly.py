"""A draft at an event that asks for every field of an Assembly, and reading its pages."""

from typing import Any

from django.urls import reverse

from registration.fields import ASSEMBLY, asked_fields_for
from registration.models import Delegation
from tests.registration.samples import draft


def assembly_draft() -> Delegation:
    """Two people at an event that asks for every field of an Assembly, and for copies of passports."""
    made = draft(people=2)
    for row in asked_fields_for(made.event, ASSEMBLY | {"passport": "optional"}):
        row.save()
    made.participants.update(gender="woman", birth_date="1971-03-27")
    return made


def address(name: str, *arguments: object) -> str:
    return reverse(f"registration:{name}", args=arguments)


def text_of(response: Any) -> str:
    return response.content.decode()


def said(response: Any) -> list[str]:
    """The messages on the next page."""
    return [str(message) for message in response.context["messages"]]
