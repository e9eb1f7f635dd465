"""Where rows of background work wait for workers."""

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


def title(queue: str) -> str:
    """What people call the queue."""
    return str(_TITLES.get(queue, queue))


@dataclass(frozen=True, slots=True)
class Lane:
    """Where workers hear of rows: the queue that names their limits and lease, and the task that takes them."""

    queue: str
    task: str
    rows: Q = field(default_factory=Q)  # which rows of the model
    paced: bool = False  # nobody rings at once: the sweeper does, so many times a minute

    @property
    def limits(self) -> dict[str, int]:
        """Celery's names for the seconds after which work is asked to stop, and is stopped."""
        seconds = settings.JOB_LIMITS[self.queue]
        return {"soft_time_limit": seconds["soft"], "time_limit": seconds["hard"]}

    @property
    def lease(self) -> timedelta:
        """How long a worker owns a row without saying so again."""
        return timedelta(seconds=settings.JOB_LIMITS[self.queue]["lease"])
