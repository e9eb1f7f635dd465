"""What an officer's browser asks for and reads, for the tests of the administration."""

from typing import Any

from django.urls import reverse


def page_of(model: str, name: str, *arguments: object) -> str:
    return reverse(f"admin:registration_{model}_{name}", args=arguments)


def text_of(response: Any) -> str:
    return response.content.decode()


def said(response: Any) -> list[str]:
    """The messages on the page that followed."""
    return [str(message) for message in response.context["messages"]]
