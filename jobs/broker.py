"""What is asked of the broker's Redis besides ringing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError


@contextmanager
def client() -> Iterator[Redis]:
    """A connection that is tried once. Raises OperationalError when Redis is away."""
    with Redis.from_url(settings.REDIS_URL, db=0, socket_connect_timeout=1, socket_timeout=5) as redis:
        try:
            yield redis
        except RedisError as error:
            raise OperationalError(str(error)) from error


def lying(queue: str) -> int:
    """How many messages lie in a queue. Raises OperationalError when Redis is away."""
    with client() as redis:
        return int(redis.llen(queue))
