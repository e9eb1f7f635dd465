"""End a try of background work, and let a person retry a job or cancel it."""

import random
from datetime import datetime, timedelta
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from accounts import audit
from accounts.models import User
from jobs import dispatch
from jobs.models import ABORTABLE, MAX_ERRORS, Job, JobQuerySet, State

MAX_WAIT = 3600  # seconds between two tries


class JobNotRetryable(Exception):
    """The job has not failed and is not in doubt, so it cannot be tried again."""


class JobNotAbortable(Exception):
    """The job has already begun or ended, so it cannot be cancelled."""


def job_models() -> list[type[Job]]:
    """Return the models of all kinds of background work."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def rows_of(model: type[Job]) -> "JobQuerySet[Any]":
    """Return all rows of one kind of background work."""
    return cast("JobQuerySet[Any]", model._default_manager.all())


def fail(job: Job, *, code: str, text: str, permanent: bool = False) -> bool:
    """Record why this try failed, and queue the job again after a wait that doubles with each error.

    The job fails for good if the error is permanent or is the third one. Returns False if the claim was lost.
    """
    errors = job.errors + 1
    values: dict[str, Any] = {"errors": errors, "error_code": code, "error_text": text[:2000]}
    objects = rows_of(type(job))
    if permanent or errors >= MAX_ERRORS:
        return objects.end(job, State.FAILED, **values)
    wait = min(settings.JOB_RETRY_BASE * 2**errors, MAX_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311  no secret
    return objects.end(job, State.QUEUED, not_before=Now() + timedelta(seconds=wait), **values)


def postpone(job: Job, *, code: str) -> bool:
    """Queue the job again later without counting an error: the missing resource will become available again."""
    later = Now() + timedelta(seconds=4 * settings.JOB_RETRY_BASE)
    return rows_of(type(job)).end(job, State.QUEUED, not_before=later, error_code=code, error_text="")


@transaction.atomic
def retry(*, job: Job, actor: User) -> None:
    """Put a job that has failed or is in doubt back into the queue. Raises JobNotRetryable for any other job."""
    if not rows_of(type(job)).retryable().filter(pk=job.pk).requeue():
        raise JobNotRetryable
    audit.record(
        actor, "job.retried", job, changes={"state": [job.state, State.QUEUED], "reason": job.error_code}
    )
    dispatch.notify_workers(job)


@transaction.atomic
def abort(*, job: Job, actor: User | None, code: str = "") -> None:
    """Cancel a draft or a waiting job; `code` is the reason. Raises JobNotAbortable if it has begun or ended."""
    waiting = rows_of(type(job)).filter(pk=job.pk, state__in=ABORTABLE)
    reason = {"error_code": code, "error_text": ""} if code else {}
    if not waiting.update(state=State.CANCELLED, finished_at=Now(), **reason):
        raise JobNotAbortable
    changes = {"state": [job.state, State.CANCELLED]} | ({"reason": code} if code else {})
    audit.record(actor, "job.aborted", job, changes=changes)


def end_killed(task: str, pk: int) -> None:
    """End the running row of a task that the hard time limit has killed.

    A repeatable job fails at once. Any other job is in doubt: a mail may have been sent before the limit.
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
    """Return when the oldest waiting row became due, in UTC; None if no row waits."""
    waiting = rows_of(model).due().order_by("not_before").values_list("not_before", flat=True)
    first: datetime | None = waiting.first()
    return first
