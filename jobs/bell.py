"""Ringing: the only way a service starts background work."""

from celery import current_app
from django.db import transaction

from jobs.models import Job


def ring(*jobs: Job) -> None:
    """After the commit, tell workers that the rows are there. A message holds one integer.

    With Redis down the first ring is lost and logged, and the sweeper rings for all of them. Not `delay_on_commit`:
    it would show the visitor an error for a saved registration. Not `functools.partial`: Django's robust hook
    reads `__qualname__`, which a partial lacks.
    """

    def ring_each() -> None:
        for job in jobs:
            send(type(job), job.pk)

    transaction.on_commit(ring_each, robust=True)


def send(model: type[Job], pk: int) -> None:
    """Put the row's number into the queue that its model names. Raises OperationalError without a broker."""
    current_app.send_task(model.task, [pk], queue=model.queue)
