"""The messages that lie in Redis."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from redis import Redis

TIMES = 5


@contextmanager
def broker() -> Iterator[Redis]:
    """A client of the Redis in which the messages lie."""
    with Redis(unix_socket_path=urlsplit(settings.REDIS_URL).path) as client:
        yield client


def multiplied(queue: str) -> int:
    """Put each message that lies in the queue there five times, as it is; how many lay there."""
    with broker() as client:
        messages: Any = client.lrange(queue, 0, -1)
        for _time in range(TIMES - 1):
            client.lpush(queue, *messages)
        return len(messages)
