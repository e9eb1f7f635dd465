"""The health of real workers, as seen by the administration and a monitor."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from redis import Redis as RedisClient

import stack
from jobs import presence, services
from tests import servers
from tests.jobs.rows import mail, update


def processes_of(queue: str) -> int | None:
    return next(one.processes for one in services.get_health().queues if one.name == queue)


def test_worker_is_seen_with_its_queues_until_it_ends(
    redis: servers.Redis, worker: Callable[..., stack.Service]
) -> None:
    program = worker(queues="letters,mail", concurrency=2)
    servers.eventually(presence.running_workers)

    (seen,) = presence.running_workers()
    assert (seen.queues, seen.processes) == (("letters", "mail"), 2)
    assert [processes_of(queue) for queue in ("letters", "bulk", "mail", "mailings")] == [2, 0, 2, 0]

    program.end()

    assert presence.running_workers() == []


def test_worker_that_is_killed_is_forgotten(
    redis: servers.Redis, worker: Callable[..., stack.Service]
) -> None:
    program = worker(queues="mail")
    servers.eventually(presence.running_workers)
    program.kill()

    with RedisClient(unix_socket_path=urlsplit(settings.REDIS_URL).path) as client:
        (note,) = client.keys("convoca:at-work:*")
        assert 0 < client.ttl(note) <= presence.NOTE_LIFETIME


def test_check_is_content_while_work_goes_on_and_not_when_a_queue_has_nobody(
    redis: servers.Redis, worker: Callable[..., stack.Service]
) -> None:
    worker(queues="letters,bulk")
    servers.eventually(presence.running_workers)
    call_command("check_jobs")
    update(mail(), not_before="2026-01-01T00:00:00Z")

    with pytest.raises(CommandError) as reasons:
        call_command("check_jobs")

    assert str(reasons.value).splitlines() == [
        "No worker serves the queue “Mail”, where jobs are waiting.",
        "The queue “Mail” has stopped: its oldest job has been waiting since 00:00:00 UTC.",
    ]
