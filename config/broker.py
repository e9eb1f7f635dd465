"""A kombu transport for the workers that accepts only messages written by `dispatch.send_message`.

Celery and kombu trust every message in the queue. A message that is not JSON, lacks a property or has an unexpected
header stops the worker, or blocks one of its processes for good. No setting prevents this. So this transport checks
each message before kombu stores it; other messages are logged and dropped. If a dropped message was meant for a row,
the sweeper sends it again.
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

LARGEST = 2**63 - 1  # the highest primary key of a row


SOON = {"interval_start": 1, "interval_step": 1, "interval_max": 5}  # seconds between attempts to connect


class Connection(kombu.Connection):
    """A connection to Redis that is retried soon. Celery waits up to half a minute and has no setting for this."""

    def ensure_connection(self, *args: Any, **options: Any) -> kombu.Connection:
        return super().ensure_connection(*args, **SOON | options)


class AMQP(celery_amqp.AMQP):
    Connection = Connection


class QoS(kombu_redis.QoS):
    """Counts the messages that the worker has taken and not yet acknowledged.

    A message that is finished is no longer counted, even if the acknowledgement does not reach Redis. Redis may then
    deliver it again, but its row is already done. kombu would keep counting it: a worker that lost Redis while all its
    processes were busy would take no more messages and would not notice the lost connection.
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
    """Reads messages from Redis and drops those that cannot be read."""

    QoS = QoS

    def _brpop_read(self, **options: Any) -> bool:
        try:
            return bool(super()._brpop_read(**options))
        except (Empty, OSError, RedisError):
            raise  # there is no message, or Redis cannot be reached: kombu handles both
        except Exception:
            logger.exception("a message that cannot be read was dropped")
            return True


class Transport(kombu_redis.Transport):
    """Passes a message to the worker only if it names a row."""

    Channel = Channel

    def _deliver(self, message: object, queue: str) -> None:
        if is_job_message(message):
            super()._deliver(message, queue)
        else:
            logger.error("a message that is not ours was dropped from %s: %.500r", queue, message)


def install() -> None:
    """Make kombu use this transport for redis:// and rediss://. A socket address cannot name it in another way."""
    TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = f"{__name__}:Transport"


def is_job_message(message: object) -> bool:
    """Return True if `dispatch.send_message` wrote the message: one of our tasks and the key of a row, without delay.

    Additional headers and properties are allowed, because monitoring tools add some.
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
    """Return True if the body contains one argument, the primary key of a row, and no callbacks or chains."""
    try:
        contents = json.loads(b64decode(body, validate=True))
    except (ValueError, RecursionError):
        return False
    match contents:
        case [[int(pk)], dict(options), dict(embedded)]:
            return 0 <= pk <= LARGEST and not options and not any(embedded.values())
    return False
