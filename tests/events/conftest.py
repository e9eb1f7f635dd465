"""Fixtures for the tests of events."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start each test in English, because a request leaves its language active in the thread."""
    with translation.override("en"):
        yield
