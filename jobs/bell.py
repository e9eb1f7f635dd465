"""Ringing: the only way a service starts background work."""

import logging
from collections.abc import Sequence

from celery import current_app
from django.db import transaction

from jobs.models import Job

logger = logging.getLogger(__name__)


def ring(task: str, pk: int) -> None:
    """After the commit, tell a worker that the row is there. The message holds one integer.

    With Redis down the ring is lost and logged; the sweeper rings again. Not `delay_on_commit`: it would
    show the visitor an error for a saved registration. Not `functools.partial`: Django's robust hook
    reads `__qualname__`, which a partial lacks.
    """
    transaction.on_commit(lambda: current_app.send_task(task, [pk]), robust=True)


def ring_jobs(jobs: Sequence[Job]) -> None:
    """Ring for many rows of one kind after the commit; the first ring lost leaves the rest to the sweeper."""

    def ring_each() -> None:
        for job in jobs:
            current_app.send_task(job.task, [job.pk])

    transaction.on_commit(ring_each, robust=True)


def ring_job(job: Job) -> None:
    """Ring for a row by the task and queue that its model names."""
    ring(job.task, job.pk)
