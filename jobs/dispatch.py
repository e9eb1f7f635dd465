"""Tell workers that rows wait. Services start background work only through this module."""

from celery import current_app
from django.db import transaction

from jobs.models import Job, Lane


def notify_workers(*jobs: Job, lane: Lane | None = None) -> None:
    """After the commit, send one message per row to the row's own lane, or to `lane` if it is given.

    A paced lane is skipped: the sweeper notifies the workers of its rows. If Redis is down, the error is logged and
    the sweeper sends the message later. `delay_on_commit` is not used: it would show the visitor an error although
    the registration is saved.
    `functools.partial` is not used: Django's robust hook reads `__qualname__`, which a partial does not have.
    """

    def send_each() -> None:
        for job in jobs:
            if not (own := lane or job.lane).paced:
                send_message(own, job.pk)

    transaction.on_commit(send_each, robust=True)


def send_message(lane: Lane, pk: int) -> None:
    """Put the row's primary key into the queue of the lane. Raises OperationalError if the broker cannot be reached.

    The limits are set to None because a worker, which knows the task, would otherwise write the task's limits into
    the message, and `config.broker.is_job_message` accepts only messages without limits.
    """
    current_app.send_task(lane.task, [pk], queue=lane.queue, time_limit=None, soft_time_limit=None)
