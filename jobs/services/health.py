"""The health of background work, as shown by the administration, /health/ and check_jobs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from jobs import presence
from jobs.lanes import queue_title
from jobs.models import DUE, RETRYABLE, WAITING, Job, Lane, State
from jobs.services.rows import job_models, rows_of

MAX_DELAY = timedelta(seconds=60)  # normally, the message for a row that is due is sent within seconds
DAY = timedelta(days=1)
CACHE_SECONDS = 5  # seconds for which `get_health_reasons` caches its result

# Additional checks, which apps register in AppConfig.ready. Each returns sentences about what is wrong, or [].
checks: list[Callable[[], list[str]]] = []


@dataclass(frozen=True, slots=True)
class Queue:
    """The state of one queue: the number of rows that are due, in progress and due later, and its workers."""

    name: str
    waiting: int
    running: int
    later: int
    oldest: datetime | None  # when the oldest waiting row became due, in UTC
    is_stalled: bool  # a row has waited for more than a minute, and no row was finished in the last minute
    processes: int | None  # number of worker processes that serve the queue; None if Redis cannot be reached

    @property
    def title(self) -> str:
        """The queue's name as shown to users."""
        return queue_title(self.name)

    @property
    def is_deserted(self) -> bool:
        """True if rows wait and no worker serves the queue."""
        return self.waiting > 0 and self.processes == 0


@dataclass(frozen=True, slots=True)
class Health:
    """The queues, the workers (None if Redis cannot be reached), and the number of failures within 24 hours."""

    queues: list[Queue]
    workers: list[presence.Worker] | None
    without_room: int  # rows that wait because the disk is full
    failures: int
    others: list[str]

    @property
    def reasons(self) -> list[str]:
        """Sentences that say why somebody must look at background work; empty if all is well."""
        return [
            *self._worker_reasons(),
            *self._queue_reasons(),
            *self._room_reasons(),
            *self._failure_reasons(),
            *self.others,
        ]

    def _worker_reasons(self) -> list[str]:
        return [_("Redis cannot be reached: jobs wait in the database.")] if self.workers is None else []

    def _queue_reasons(self) -> list[str]:
        deserted = [
            _("No worker serves the queue “%(queue)s”, where jobs are waiting.") % {"queue": queue.title}
            for queue in self.queues
            if queue.is_deserted
        ]
        stalled = [
            _("The queue “%(queue)s” has stopped: its oldest job has been waiting since %(since)s UTC.")
            % {"queue": queue.title, "since": f"{queue.oldest:%H:%M:%S}"}
            for queue in self.queues
            if queue.is_stalled
        ]
        return [*deserted, *stalled]

    def _room_reasons(self) -> list[str]:
        if not self.without_room:
            return []
        sentence = ngettext(
            "The disk is full: %(count)s job waits for room.",
            "The disk is full: %(count)s jobs wait for room.",
            self.without_room,
        )
        return [sentence % {"count": self.without_room}]

    def _failure_reasons(self) -> list[str]:
        if self.failures <= settings.JOB_FAILURES_A_DAY:
            return []
        sentence = ngettext(
            "%(count)s job failed within a day.", "%(count)s jobs failed within a day.", self.failures
        )
        return [sentence % {"count": self.failures}]


def get_health() -> Health:
    """Return the current health of background work."""
    try:
        workers = presence.running_workers()
    except OperationalError:
        workers = None
    lanes: dict[str, list[tuple[type[Job], Lane]]] = {}
    for model in job_models():
        for lane in model.lanes:
            lanes.setdefault(lane.queue, []).append((model, lane))
    return Health(
        queues=[_queue(name, lanes[name], workers) for name in settings.JOB_LIMITS if name in lanes],
        workers=workers,
        without_room=sum(_without_room(model).count() for model in job_models()),
        failures=sum(_failed(model).count() for model in job_models()),
        others=[reason for check in checks for reason in check()],
    )


def get_health_reasons() -> list[str]:
    """Return the reasons, cached for CACHE_SECONDS because /health/ is public and can be requested at any rate."""
    return (
        cache.get_or_set(f"jobs.health.{get_language()}", lambda: get_health().reasons, CACHE_SECONDS) or []
    )


def longest_waiting(number: int) -> list[Job]:
    """Return up to `number` jobs that are due, the longest waiting first."""
    found = [job for model in job_models() for job in rows_of(model).due().order_by("not_before")[:number]]
    return sorted(found, key=lambda job: job.not_before)[:number]


def latest_failures(number: int) -> list[Job]:
    """Return up to `number` jobs that have failed or are in doubt, the latest first."""
    found = [
        job for model in job_models() for job in rows_of(model).retryable().order_by("-finished_at")[:number]
    ]
    return sorted(found, key=lambda job: job.finished_at or job.created_at, reverse=True)[:number]


def _without_room(model: type[Job]) -> Any:
    return rows_of(model).filter(state=State.QUEUED, error_code="no_room")


def _failed(model: type[Job]) -> Any:
    return rows_of(model).filter(state__in=RETRYABLE, finished_at__gt=Now() - DAY)


def _queue(
    name: str, lanes: Iterable[tuple[type[Job], Lane]], workers: list[presence.Worker] | None
) -> Queue:
    parts = [_lane(model, lane) for model, lane in lanes]
    oldest = min((part["oldest"] for part in parts if part["oldest"]), default=None)
    serving = None if workers is None else sum(one.processes for one in workers if name in one.queues)
    return Queue(
        name=name,
        oldest=oldest,
        is_stalled=any(part["late"] for part in parts) and not any(part["finished"] for part in parts),
        processes=serving,
        **{key: sum(part[key] for part in parts) for key in ("waiting", "running", "later")},
    )


def _lane(model: type[Job], lane: Lane) -> dict[str, Any]:
    rows = rows_of(model).filter(lane.rows)
    late = DUE & Q(not_before__lt=Now() - MAX_DELAY)
    counts: dict[str, Any] = rows.filter(state__in=WAITING).aggregate(
        waiting=Count("pk", filter=DUE),
        running=Count("pk", filter=Q(state=State.RUNNING)),
        later=Count("pk", filter=Q(state=State.QUEUED) & ~DUE),
        late=Count("pk", filter=late),
        oldest=Min("not_before", filter=DUE),
    )
    return counts | {"finished": rows.filter(finished_at__gt=Now() - MAX_DELAY).exists()}
