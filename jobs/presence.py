"""Which workers run: each worker writes a note to Redis every few seconds, and the note expires.

Celery's `inspect ping` is not used: it needs remote control, with which anyone who can write to Redis could also stop
a worker.
"""

import json
import logging
from collections.abc import Iterable
from typing import Any, NamedTuple

from celery import bootsteps
from kombu.exceptions import OperationalError

from jobs import broker
from jobs.lanes import queue_title

logger = logging.getLogger(__name__)

PREFIX = "convoca:at-work:"
NOTE_INTERVAL, NOTE_LIFETIME = 5, 20  # seconds


class Worker(NamedTuple):
    """A worker, its queues, and the number of its processes."""

    name: str
    queues: tuple[str, ...]
    processes: int

    @property
    def titles(self) -> list[str]:
        """The names of the queues as shown to users."""
        return [queue_title(queue) for queue in self.queues]


def write_note(worker: Worker) -> None:
    """Write the worker's note, which expires after NOTE_LIFETIME seconds. Raises OperationalError without a broker."""
    note = json.dumps({"queues": worker.queues, "processes": worker.processes})
    with broker.client() as redis:
        redis.set(PREFIX + worker.name, note, ex=NOTE_LIFETIME)


def delete_note(name: str) -> None:
    """Delete the worker's note. Raises OperationalError without a broker."""
    with broker.client() as redis:
        redis.delete(PREFIX + name)


def running_workers() -> list[Worker]:
    """Return the workers whose notes have not expired, sorted by name. Raises OperationalError without a broker."""
    with broker.client() as redis:
        keys = sorted(redis.scan_iter(match=PREFIX + "*", count=1000))
        return list(_read(keys, redis.mget(keys) if keys else []))


def _read(keys: Iterable[bytes], notes: Iterable[bytes | str | None]) -> Iterable[Worker]:
    for key, note in zip(keys, notes, strict=True):
        try:
            match json.loads(note or b""):
                case {"queues": [*queues], "processes": int(processes)}:
                    name = key.decode().removeprefix(PREFIX)
                    yield Worker(name, tuple(map(str, queues)), processes)
        except ValueError:
            logger.warning("a note of no worker: %r", key)


class Presence(bootsteps.StartStopStep):
    """A step of Celery's worker that writes the worker's note every NOTE_INTERVAL seconds."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, consumer: Any) -> None:
        self._write_note(consumer)
        self.timer = consumer.timer.call_repeatedly(NOTE_INTERVAL, self._write_note, (consumer,))

    def stop(self, consumer: Any) -> None:
        if timer := getattr(self, "timer", None):
            timer.cancel()
        try:
            delete_note(consumer.hostname)
        except OperationalError:
            logger.debug("no Redis to say goodbye to")

    def _write_note(self, consumer: Any) -> None:
        queues = tuple(queue.name for queue in consumer.task_consumer.queues)
        try:
            write_note(Worker(consumer.hostname, queues, consumer.pool.num_processes))
        except OperationalError:
            logger.debug("no Redis to be seen in")
