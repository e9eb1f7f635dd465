"""How a try of background work ends, and what a person may do to a row: try it again or take it back."""

import random
from datetime import datetime, timedelta
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from accounts import audit
from accounts.models import User
from jobs import bell
from jobs.models import ABORTABLE, MAX_ERRORS, Job, JobQuerySet, State

LONGEST_WAIT = 3600  # seconds between two tries


class JobNotRetryable(Exception):
    """Only what has failed, or is in doubt, can be tried again."""


class JobNotAbortable(Exception):
    """Only what has not begun can be taken back."""


def job_models() -> list[type[Job]]:
    """Every kind of background work in the project."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def rows_of(model: type[Job]) -> "JobQuerySet[Any]":
    """All rows of one kind of background work."""
    return cast("JobQuerySet[Any]", model._default_manager.all())


def fail(job: Job, *, code: str, text: str, permanent: bool = False) -> bool:
    """Write down why this try ended; wait longer each time, and give up after the third error."""
    errors = job.errors + 1
    values: dict[str, Any] = {"errors": errors, "error_code": code, "error_text": text[:2000]}
    objects = rows_of(type(job))
    if permanent or errors >= MAX_ERRORS:
        return objects.end(job, State.FAILED, **values)
    wait = min(settings.JOB_RETRY_BASE * 2**errors, LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311  no secret
    return objects.end(job, State.QUEUED, not_before=Now() + timedelta(seconds=wait), **values)


def wait(job: Job, *, code: str) -> bool:
    """Put this try off, which counts as no error: what it lacks comes back by itself, or by another hand."""
    later = Now() + timedelta(seconds=4 * settings.JOB_RETRY_BASE)
    return rows_of(type(job)).end(job, State.QUEUED, not_before=later, error_code=code, error_text="")


@transaction.atomic
def retry(*, job: Job, actor: User) -> None:
    """Put a failed or doubtful row back into the queue. Raises JobNotRetryable for any other."""
    if not rows_of(type(job)).retryable().filter(pk=job.pk).requeue():
        raise JobNotRetryable
    audit.record(
        actor, "job.retried", job, changes={"state": [job.state, State.QUEUED], "reason": job.error_code}
    )
    bell.ring(job)


@transaction.atomic
def abort(*, job: Job, actor: User | None, code: str = "") -> None:
    """Take back a draft, or what still waits; `code` says why. Raises JobNotAbortable once it has begun or ended."""
    waiting = rows_of(type(job)).filter(pk=job.pk, state__in=ABORTABLE)
    reason = {"error_code": code, "error_text": ""} if code else {}
    if not waiting.update(state=State.CANCELLED, finished_at=Now(), **reason):
        raise JobNotAbortable
    changes = {"state": [job.state, State.CANCELLED]} | ({"reason": code} if code else {})
    audit.record(actor, "job.aborted", job, changes=changes)


def give_up(task: str, pk: int) -> None:
    """End the running row of a task that the hard time limit has ended.

    It fails at once, for it took too long; a mail is in doubt, for it may have left before.
    """
    for model in job_models():
        if all(lane.task != task for lane in model.lanes):
            continue
        objects = rows_of(model)
        if job := objects.filter(pk=pk, state=State.RUNNING).first():
            if model.repeatable:
                fail(job, code="too_long", text="", permanent=True)
            else:
                objects.end(job, State.IN_DOUBT, error_code="too_long", error_text="")


def oldest_waiting(model: type[Job]) -> datetime | None:
    """Since when the oldest row that is due has waited; None when nothing waits."""
    waiting = rows_of(model).due().order_by("not_before").values_list("not_before", flat=True)
    first: datetime | None = waiting.first()
    return first
