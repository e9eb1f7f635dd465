"""The cache. If Redis cannot be reached, the cache is empty; without this, allauth's rate limiter broke sign-in."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingClient(RedisCacheClient):
    """A Redis client that behaves like an empty cache when Redis fails."""

    def get(self, key: Any, default: Any) -> Any:
        return forgive(super().get, default, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        forgive(super().set, None, key, value, timeout)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return forgive(super().add, True, key, value, timeout)

    def incr(self, key: Any, delta: Any) -> int:
        return forgive(super().incr, delta, key, delta)

    def touch(self, key: Any, timeout: Any) -> bool:
        return forgive(super().touch, False, key, timeout)

    def delete(self, key: Any) -> bool:
        return forgive(super().delete, False, key)

    def get_many(self, keys: Any) -> Any:
        return forgive(super().get_many, {}, keys)

    def set_many(self, data: Any, timeout: Any) -> None:
        forgive(super().set_many, None, data, timeout)

    def delete_many(self, keys: Any) -> None:
        forgive(super().delete_many, None, keys)

    def has_key(self, key: Any) -> bool:
        return forgive(super().has_key, False, key)

    def clear(self) -> bool:
        return forgive(super().clear, False)


def forgive(call: Any, answer: Any, *args: Any) -> Any:
    """Return the call's result, or `answer` (that of an empty cache) if Redis cannot be reached."""
    try:
        return call(*args)
    except (RedisError, OSError) as error:
        logger.warning("cache unreachable: %s", type(error).__name__)
        return answer


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with the forgiving client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
