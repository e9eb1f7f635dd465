"""Fixtures for the tests of registration."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests import servers


@pytest.fixture
def empty_disk() -> None:
    """Delete the files of other tests."""
    shutil.rmtree(settings.FILES_ROOT / "registration", ignore_errors=True)


@pytest.fixture(scope="module")
def ringing(redis_server: servers.Redis) -> Iterator[None]:
    """A Redis server that accepts the notices of new jobs; no worker reads them."""
    redis_server.start()
    yield
    redis_server.kill()
