"""Rows of background work in all states that a worker or the sweeper can find."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models.functions import Now

from jobs.models import Job, OutgoingMail, State
from tests.factories import BatchFactory

_numbers = count(1)
A_MINUTE = timedelta(minutes=1)


def mail(**fields: Any) -> OutgoingMail:
    """Create a waiting mail."""
    number = next(_numbers)
    texts = {"subject": f"Subject {number}", "text": "Text ñ\n", "html": "<p>Text ñ</p>"}
    given = {"message_id": f"<{number}@convoca.example>", "to": f"{number}@parliament.example"}
    return OutgoingMail.objects.create(kind="receipt", language="en", **texts | given | fields)


def batch(**fields: Any) -> Job:
    """Create a waiting batch of documents, which is a repeatable job."""
    return BatchFactory(**fields)


def update(job: Job, **values: Any) -> Job:
    """Update the row directly with these values, and return it."""
    type(job)._default_manager.filter(pk=job.pk).update(**values)
    return type(job)._default_manager.get(pk=job.pk)


def lost_job(job: Job, **values: Any) -> Job:
    """Return the row as if its worker had died and its lease had ended."""
    return update(
        job, state=State.RUNNING, fence=1, lease_owner="gone", lease_until=Now() - A_MINUTE, **values
    )
