"""The sweeper: end jobs that were lost for good, and notify the workers of every row that waits."""

import logging
from collections.abc import Callable, Iterable

from django.db import OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Now

from jobs import broker, dispatch
from jobs.models import MAX_DEATHS, Job, Lane, State
from jobs.services.pacing import next_mails_of_mailings
from jobs.services.rows import job_models, rows_of

logger = logging.getLogger(__name__)

MAX_MESSAGES = 24  # most messages per queue; without a cap, a trial produced 655 messages for 360 jobs

# Functions that clean up what a killed process left half done. Apps register them in AppConfig.ready.
repairs: list[Callable[[], object]] = []

# Functions to run once an hour, registered in the same way.
chores: list[Callable[[], object]] = []


def do_chores() -> None:
    """Run all chores. If one fails, the others still run."""
    _attempt(chores)


def sweep() -> int:
    """Run the repairs, end lost jobs, then notify the workers of rows that wait, up to MAX_MESSAGES a queue.

    Return the number of messages. Two sweepers can run at the same time. A repair that fails is logged, and the
    sweep continues. Raises kombu's OperationalError if the broker cannot be reached; repairs and lost jobs are
    done before that.
    """
    _attempt(repairs)
    for model in job_models():
        _end_lost(model)
    sent = 0
    for model in job_models():
        for lane in model.lanes:
            room = max(0, MAX_MESSAGES - broker.message_count(lane.queue))
            for pk in _choose_rows(model, lane, room):
                dispatch.send_message(lane, pk)
                sent += 1
    return sent


def _attempt(works: Iterable[Callable[[], object]]) -> None:
    """Call each function, even if another one fails."""
    for work in works:
        name = f"{work.__module__}.{work.__qualname__}"
        try:
            work()
        except OperationalError as error:  # a lock timed out, or the database cannot be reached
            logger.warning("%s failed: %s", name, error)
        except Exception:
            logger.exception("%s failed", name)


def _end_lost(model: type[Job]) -> None:
    """End rows whose worker died: after MAX_DEATHS deaths, or at once if the job is not repeatable."""
    lost = rows_of(model).abandoned()
    if model.repeatable:
        lost.filter(deaths__gte=MAX_DEATHS).update(
            state=State.FAILED, error_code="worker_died", finished_at=Now()
        )
    else:
        lost.update(state=State.IN_DOUBT, error_code="worker_died", finished_at=Now())


@transaction.atomic
def _choose_rows(model: type[Job], lane: Lane, room: int) -> list[int]:
    pks = next_mails_of_mailings(room) if lane.paced else _longest_without_message(model, lane, room)
    rows = rows_of(model).filter(pk__in=pks)
    # Lock in key order: otherwise two sweepers could deadlock.
    list(rows.select_for_update(no_key=True).order_by("pk").only("pk"))
    rows.update(rung_at=Now())
    return pks


def _longest_without_message(model: type[Job], lane: Lane, room: int) -> list[int]:
    rows = rows_of(model).filter(lane.rows).claimable().select_for_update(skip_locked=True)
    return list(rows.order_by(F("rung_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:room])
