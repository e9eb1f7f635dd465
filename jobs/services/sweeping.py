"""The sweeper: ends what was lost for good and rings for whatever waits."""

import logging
from collections.abc import Callable, Iterable

from django.db import OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Now

from jobs import bell, broker
from jobs.models import MAX_DEATHS, Job, Lane, State
from jobs.services.pacing import next_of_mailings
from jobs.services.rows import job_models, rows_of

logger = logging.getLogger(__name__)

RINGS_WAITING = 24  # messages per queue: a first trial that rang for every row left 655 of them for 360 jobs

# What an app has the sweeper put right beside rows of work: each ends what a killed process left half done.
repairs: list[Callable[[], object]] = []

# What an app has done once an hour; filled likewise.
chores: list[Callable[[], object]] = []


def do_chores() -> None:
    """Each of the chores; one that fails does not keep the others from being done."""
    _attempt(chores)


def sweep() -> int:
    """Repair, end what was lost for good, then ring for every row that waits, within the cap of each queue.

    Idempotent: two sweepers do no harm. Returns how many rows were rung for. A repair that fails is logged, and keeps
    nothing from being rung for. Raises kombu's OperationalError when the broker is away; what was lost has been ended
    by then.
    """
    _attempt(repairs)
    for model in job_models():
        _end_lost(model)
    rung = 0
    for model in job_models():
        for lane in model.lanes:
            room = max(0, RINGS_WAITING - broker.lying(lane.queue))
            for pk in _to_ring(model, lane, room):
                bell.send(lane, pk)
                rung += 1
    return rung


def _attempt(works: Iterable[Callable[[], object]]) -> None:
    """Each of them, whatever becomes of the others."""
    for work in works:
        name = f"{work.__module__}.{work.__qualname__}"
        try:
            work()
        except OperationalError as error:  # somebody holds what it needs, or the database is away
            logger.warning("%s failed: %s", name, error)
        except Exception:
            logger.exception("%s failed", name)


def _end_lost(model: type[Job]) -> None:
    """Rows whose workers vanished: after the sixth, or at once when a second run could do harm."""
    lost = rows_of(model).abandoned()
    if model.repeatable:
        lost.filter(deaths__gte=MAX_DEATHS).update(
            state=State.FAILED, error_code="worker_died", finished_at=Now()
        )
    else:
        lost.update(state=State.IN_DOUBT, error_code="worker_died", finished_at=Now())


@transaction.atomic
def _to_ring(model: type[Job], lane: Lane, room: int) -> list[int]:
    pks = next_of_mailings(room) if lane.paced else _longest_unheard(model, lane, room)
    rows = rows_of(model).filter(pk__in=pks)
    # Held in one order, or two sweepers could wait for each other's rows.
    list(rows.select_for_update(no_key=True).order_by("pk").only("pk"))
    rows.update(rung_at=Now())
    return pks


def _longest_unheard(model: type[Job], lane: Lane, room: int) -> list[int]:
    rows = rows_of(model).filter(lane.rows).claimable().select_for_update(skip_locked=True)
    return list(rows.order_by(F("rung_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:room])
