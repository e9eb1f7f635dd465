"""Direct access to the broker's Redis, for everything except sending messages."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError


@contextmanager
def client() -> Iterator[Redis]:
    """Connect to Redis, with one attempt only. Raises OperationalError if Redis cannot be reached."""
    with Redis.from_url(settings.REDIS_URL, db=0, socket_connect_timeout=1, socket_timeout=5) as redis:
        try:
            yield redis
        except RedisError as error:
            raise OperationalError(str(error)) from error


def message_count(queue: str) -> int:
    """Return the number of messages in a queue. Raises OperationalError if Redis cannot be reached."""
    with client() as redis:
        return int(redis.llen(queue))
