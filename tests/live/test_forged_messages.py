"""The worker drops forged messages and continues with all of its processes."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from celery import current_app
from django.conf import settings
from redis import Redis as RedisClient

import stack
from config.broker import is_job_message
from jobs import dispatch
from jobs.models import OutgoingMail, State
from tests import servers
from tests.jobs.rows import mail
from tests.live.forged import Message, forged

LANE = OutgoingMail.lanes[0]
QUEUE = LANE.queue


@pytest.fixture
def broker(redis: servers.Redis) -> Iterator[RedisClient]:
    """A client of the Redis that contains the messages."""
    with RedisClient(unix_socket_path=urlsplit(settings.REDIS_URL).path) as client:
        yield client


def message_for(broker: RedisClient, row: OutgoingMail) -> Message:
    """Ring for the row, and return the message taken from the queue."""
    dispatch.send_message(LANE, row.pk)
    message: Message = json.loads(broker.rpop(QUEUE))  # type: ignore[arg-type]
    return message


def is_sent(row: OutgoingMail) -> bool:
    return OutgoingMail.objects.filter(pk=row.pk, state=State.DONE).exists()


def test_worker_drops_forged_messages_and_goes_on(
    broker: RedisClient, worker: Callable[..., stack.Service], mailbox: servers.Mailbox
) -> None:
    row = mail()
    messages = list(forged(message_for(broker, mail())))
    program = worker(queues=QUEUE, concurrency=1)  # one process: without it, nothing would be sent
    children = servers.children(program)

    broker.lpush(QUEUE, *messages)
    dispatch.send_message(LANE, row.pk)
    servers.eventually(lambda: is_sent(row) or not program.is_running())

    assert (program.is_running(), servers.children(program)) == (True, children)
    assert (len(mailbox.messages), OutgoingMail.objects.exclude(pk=row.pk).get().state) == (1, State.QUEUED)
    servers.eventually(lambda: not broker.exists(QUEUE, "unacked"))


def test_worker_takes_a_message_that_was_restored_or_watched(
    broker: RedisClient, worker: Callable[..., stack.Service], mailbox: servers.Mailbox
) -> None:
    row = mail()
    message = message_for(broker, row)
    message["headers"] |= {"redelivered": True, "traceparent": "00-1-1-01"}
    worker(queues=QUEUE, concurrency=1)

    broker.lpush(QUEUE, json.dumps(message))

    servers.eventually(lambda: is_sent(row))


def test_message_of_a_worker_which_knows_the_task_is_taken(broker: RedisClient) -> None:
    current_app.loader.import_default_modules()

    assert is_job_message(message_for(broker, mail())) is True
