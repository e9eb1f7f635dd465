"""The queue as a worker reads it: in comes what `bell.send` writes, and nothing else.

Celery and kombu take every message for one of theirs and have no setting for others: what is no JSON, lacks a
property or bears a header of another kind ends the worker, or takes one of its processes away for good. So each
message is compared with what we write before anything holds it; any other is noted and dropped. Should it have
stood for a row, the sweeper rings for that again.
"""

import json
import logging
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty
from typing import Any

import kombu
from celery import current_app
from celery.app import amqp as celery_amqp
from kombu.transport import TRANSPORT_ALIASES
from kombu.transport import redis as kombu_redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

LARGEST = 2**63 - 1  # the number of a row


SOON = {"interval_start": 1, "interval_step": 1, "interval_max": 5}  # seconds between tries to connect


class Connection(kombu.Connection):
    """How a worker connects to Redis: tries again soon. Celery has no setting for it, and pauses half a minute."""

    def ensure_connection(self, *args: Any, **options: Any) -> kombu.Connection:
        return super().ensure_connection(*args, **SOON | options)


class AMQP(celery_amqp.AMQP):
    Connection = Connection


class QoS(kombu_redis.QoS):
    """Counts the messages in hand.

    One that is done with is counted off even when Redis cannot be told: it may come again and finds its row done.
    kombu keeps on counting it, so that a worker whose Redis was lost with a message in each of its processes
    takes no other and does not even notice that its connection is gone.
    """

    def ack(self, delivery_tag: str) -> None:
        with self._counted_off(delivery_tag):
            super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        with self._counted_off(delivery_tag):
            super().reject(delivery_tag, requeue=requeue)

    @contextmanager
    def _counted_off(self, delivery_tag: str) -> Iterator[None]:
        try:
            yield
        except (OSError, RedisError):
            self._quick_ack(delivery_tag)
            raise


class Channel(kombu_redis.Channel):
    """Reads messages from Redis; one that cannot be read is dropped."""

    QoS = QoS

    def _brpop_read(self, **options: Any) -> bool:
        try:
            return bool(super()._brpop_read(**options))
        except (Empty, OSError, RedisError):
            raise  # no message, or no Redis: for kombu to deal with
        except Exception:
            logger.exception("a message that cannot be read was dropped")
            return True


class Transport(kombu_redis.Transport):
    """Hands messages to the worker, only those that ring for a row."""

    Channel = Channel

    def _deliver(self, message: object, queue: str) -> None:
        if is_ring(message):
            super()._deliver(message, queue)
        else:
            logger.error("a message that is not ours was dropped from %s: %.500r", queue, message)


def install() -> None:
    """Let redis:// and rediss:// mean this transport. An address with a socket leaves no other way to name it."""
    TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = f"{__name__}:Transport"


def is_ring(message: object) -> bool:
    """Whether it is what `bell.send` writes: one of our tasks and the number of a row, to be done at once.

    Headers and properties that we do not know are let through: monitoring adds some.
    """
    match message:
        case {
            "content-type": "application/json",
            "content-encoding": "utf-8",
            "body": str(body),
            "headers": {
                "task": str(task),
                "id": str(),
                "root_id": str(),
                "parent_id": str() | None,
                "argsrepr": str(),
                "kwargsrepr": str(),
                "retries": 0,
                "timelimit": [None, None],
                "shadow": None,
                "eta": None,
                "expires": None,
                "group": None,
                "group_index": None,
                "stamped_headers": None,
            } as headers,
            "properties": {
                "delivery_tag": str(),
                "body_encoding": "base64",
                "delivery_info": {"exchange": str(), "routing_key": str()},
            },
        }:
            return task in current_app.tasks and "compression" not in headers and _is_number_of_row(body)
    return False


def _is_number_of_row(body: str) -> bool:
    """Whether the body holds one argument, the number of a row, and nothing to be done before or after."""
    try:
        contents = json.loads(b64decode(body, validate=True))
    except (ValueError, RecursionError):
        return False
    match contents:
        case [[int(pk)], dict(options), dict(embedded)]:
            return 0 <= pk <= LARGEST and not options and not any(embedded.values())
    return False
