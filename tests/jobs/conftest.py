"""Fixtures with a Redis that is empty or cannot be reached."""

from collections.abc import Iterator

import pytest
from redis import Redis

from tests import servers


@pytest.fixture(scope="module")
def server(redis_server: servers.Redis) -> Iterator[servers.Redis]:
    yield redis_server
    stop(redis_server)


@pytest.fixture
def broker(server: servers.Redis) -> Iterator[Redis]:
    """A client of the tests' own Redis, which is empty."""
    if server.service is None:
        server.start()
    with Redis(unix_socket_path=str(server.address)) as client:
        client.flushall()
        yield client


@pytest.fixture
def no_broker(server: servers.Redis) -> None:
    stop(server)


def stop(server: servers.Redis) -> None:
    if server.service is not None:
        server.kill()
