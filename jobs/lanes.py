"""The lanes, in which rows of background work wait for workers."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import pgettext_lazy

_TITLES = {
    "letters": pgettext_lazy("queue", "Letters"),
    "bulk": pgettext_lazy("queue", "Lists, badges and orders"),
    "mail": pgettext_lazy("queue", "Mail"),
    "mailings": pgettext_lazy("queue", "Mailings"),
}


def queue_title(queue: str) -> str:
    """Return the queue's name as shown to users."""
    return str(_TITLES.get(queue, queue))


@dataclass(frozen=True, slots=True)
class Lane:
    """The queue and the task for some rows of a model. The queue determines the time limits and the lease."""

    queue: str
    task: str
    rows: Q = field(default_factory=Q)  # which rows of the model
    paced: bool = False  # only the sweeper sends messages for these rows, a limited number per minute

    @property
    def limits(self) -> dict[str, int]:
        """Celery's soft and hard time limits, in seconds: the task is asked to stop, then killed."""
        seconds = settings.JOB_LIMITS[self.queue]
        return {"soft_time_limit": seconds["soft"], "time_limit": seconds["hard"]}

    @property
    def lease(self) -> timedelta:
        """How long a claimed row belongs to its worker."""
        return timedelta(seconds=settings.JOB_LIMITS[self.queue]["lease"])
