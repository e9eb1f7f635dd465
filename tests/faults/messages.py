"""The messages in Redis."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from redis import Redis

TIMES = 5


@contextmanager
def broker() -> Iterator[Redis]:
    """Yield a client of the Redis that contains the messages."""
    with Redis(unix_socket_path=urlsplit(settings.REDIS_URL).path) as client:
        yield client


def multiply_messages(queue: str) -> int:
    """Copy each message in the queue until it is there TIMES times. Return the original number of messages."""
    with broker() as client:
        messages: Any = client.lrange(queue, 0, -1)
        for _time in range(TIMES - 1):
            client.lpush(queue, *messages)
        return len(messages)
