"""Helpers for the tests of the admin."""

from typing import Any

from django.urls import reverse


def page_of(model: str, name: str, *arguments: object) -> str:
    return reverse(f"admin:registration_{model}_{name}", args=arguments)


def text_of(response: Any) -> str:
    return response.content.decode()


def said(response: Any) -> list[str]:
    """The messages on the next page."""
    return [str(message) for message in response.context["messages"]]
