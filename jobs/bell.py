"""Ringing: the only way a service starts background work."""

from celery import current_app
from django.db import transaction

from jobs.models import Job, Lane


def ring(*jobs: Job, lane: Lane | None = None) -> None:
    """After the commit, tell workers that the rows are there, in their own lanes or by another task's.

    A message holds one integer.

    What is paced is left to the sweeper. With Redis down the first ring is lost and logged, and the sweeper rings
    for all of them. Not `delay_on_commit`: it would show the visitor an error for a saved registration. Not
    `functools.partial`: Django's robust hook reads `__qualname__`, which a partial lacks.
    """

    def ring_each() -> None:
        for job in jobs:
            if not (own := lane or job.lane).paced:
                send(own, job.pk)

    transaction.on_commit(ring_each, robust=True)


def send(lane: Lane, pk: int) -> None:
    """Put the row's number into the queue of its lane. Raises OperationalError without a broker.

    The message says nothing of limits: who knows the task, as a worker that rings, would write them down.
    """
    current_app.send_task(lane.task, [pk], queue=lane.queue, time_limit=None, soft_time_limit=None)
