"""The sentences of Django and allauth that our catalogue translates differently."""

from pathlib import Path

import allauth
import django
import pytest
from babel.messages.mofile import read_mo

from config.borrowed_words import ALLAUTH, DJANGO


@pytest.mark.parametrize(("library", "words"), [(django, DJANGO), (allauth, ALLAUTH)])
def test_borrowed_words_are_all_said_by_their_library(library, words):
    said = set()
    for file in Path(library.__file__).parent.rglob("locale/es/LC_MESSAGES/django.mo"):
        with file.open("rb") as content:
            said |= {str(message.id) for message in read_mo(content)}

    assert set(words) - said == set()
