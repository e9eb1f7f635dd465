"""Fixtures for the tests of registration."""

import shutil

import pytest
from django.conf import settings


@pytest.fixture
def empty_disk() -> None:
    """No files of other tests."""
    shutil.rmtree(settings.FILES_ROOT / "registration", ignore_errors=True)
