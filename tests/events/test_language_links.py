"""The language switch in the header, and the URLs for search engines."""

import pytest
from django.template import Context
from django.test import RequestFactory
from django.utils import translation

from events.templatetags.language import LanguageLink, alternate_languages, canonical_url, other_language


def page(address: str) -> Context:
    return Context({"request": RequestFactory().get(address)})


@pytest.mark.parametrize(
    ("language", "address", "link"),
    [
        ("en", "/en/events/montevideo-2013/", LanguageLink("es", "Español", "/es/events/montevideo-2013/")),
        ("es", "/es/", LanguageLink("en", "English", "/en/")),
        ("en", "/en", LanguageLink("es", "Español", "/es/")),
        ("en", "/en/events/?q=a%26b&page=2", LanguageLink("es", "Español", "/es/events/?q=a%26b&page=2")),
        ("en", "/english/", LanguageLink("es", "Español", "/english/?lang=es")),
        ("es", "/verify/?code=X&lang=es", LanguageLink("en", "English", "/verify/?code=X&lang=en")),
    ],
)
def test_other_language_keeps_the_page_and_its_query(language: str, address: str, link: LanguageLink) -> None:
    with translation.override(language):
        assert other_language(page(address)) == link


def test_alternates_are_full_addresses_without_a_query(settings: object) -> None:
    settings.SITE_URL = "https://events.example"

    assert alternate_languages(page("/es/events/?page=2")) == [
        LanguageLink("en", "English", "https://events.example/en/events/"),
        LanguageLink("es", "Español", "https://events.example/es/events/"),
    ]


def test_page_without_a_language_prefix_has_no_alternates() -> None:
    assert alternate_languages(page("/verify/")) == []


def test_canonical_address_has_no_query(settings: object) -> None:
    settings.SITE_URL = "https://events.example"

    assert canonical_url(page("/es/events/?page=2")) == "https://events.example/es/events/"
