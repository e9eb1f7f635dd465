"""If Redis cannot be reached, the cache is empty and no error is shown."""

import pytest

from config.cache import ForgivingRedisCache


@pytest.fixture
def lost():
    return ForgivingRedisCache("unix:///nonexistent/redis.sock?db=1", {})


def test_get_without_redis_is_the_default(lost):
    assert lost.get("key", "default") == "default"


def test_set_without_redis_is_silent(lost):
    assert lost.set("key", 1) is None


def test_add_without_redis_says_it_was_new(lost):
    assert lost.add("key", 1) is True


def test_increase_without_redis_counts_from_nothing(lost):
    assert lost.incr("key", 3) == 3


def test_many_without_redis_finds_nothing(lost):
    assert lost.get_many(["a", "b"]) == {}


def test_delete_without_redis_finds_nothing(lost):
    assert lost.delete("key") is False
