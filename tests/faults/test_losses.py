"""Workers, Redis and PostgreSQL are killed or stopped while letters are made and sent."""

import time

import pytest
from django.db.models import F

from documents.models import Batch, Document
from jobs.models import OutgoingMail, State
from tests import servers
from tests.faults.programs import GROUP, Worker
from tests.faults.sums import assert_nothing_is_lost
from tests.faults.world import World, moments

KILLS = 20
OUTAGE = 60  # seconds
LIBFAKETIME = "/usr/$LIB/faketime/libfaketime.so.1"  # the dynamic loader replaces $LIB


def planning_has_begun() -> bool:
    return Batch.objects.exclude(state=State.QUEUED).exists()


@pytest.mark.scenario(f"{KILLS} kills of all workers", 250)
def test_everything_is_made_and_sent_once_though_all_workers_are_killed_twenty_times(world: World) -> None:
    world.programs.start()
    world.order()
    world.until(planning_has_begun)
    world.programs.kill()
    for part in moments(KILLS - 1):
        world.programs.start()
        world.reach(part)
        world.programs.kill()
    world.programs.start()

    sums = world.finish()

    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)


@pytest.mark.scenario("Redis killed three times, emptied", 80)
def test_everything_is_made_and_sent_once_though_redis_loses_everything_three_times(world: World) -> None:
    world.programs.start()
    world.order()
    for part in moments(3):
        world.reach(part)
        world.redis.kill()
        world.redis.start()

    sums = world.finish()

    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0


@pytest.mark.scenario(f"Redis away for {OUTAGE} seconds", 120)
def test_everything_is_made_and_sent_once_though_redis_is_away_for_a_minute(world: World) -> None:
    world.programs.start()
    world.order()
    world.reach(0.3)
    world.redis.kill()
    back = time.monotonic() + OUTAGE
    world.until(lambda: time.monotonic() > back)
    before = world.progress()
    world.redis.start()

    sums = world.finish()

    assert before < 2 * world.letters
    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0


@pytest.mark.scenario("PostgreSQL killed three times", 80)
def test_everything_is_made_and_sent_once_though_postgresql_is_killed_three_times(
    world: World, postgres: servers.Postgres
) -> None:
    world.programs.start()
    world.order()
    for part in moments(3):
        world.reach(part)
        postgres.kill()
        postgres.start()

    sums = world.finish()

    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)


@pytest.mark.scenario("SIGTERM three times", 110)
def test_workers_that_are_asked_to_end_finish_what_they_have_begun(world: World) -> None:
    world.programs.start()
    world.order()
    for part in moments(3):
        world.reach(part)
        world.programs.end()
        assert not Document.objects.filter(state=State.RUNNING).exists()
        assert not OutgoingMail.objects.filter(state=State.RUNNING).exists()
        world.programs.start()

    sums = world.finish()

    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    assert not Document.objects.exclude(deaths=0).exists()


@pytest.mark.parametrize(
    "shift",
    [
        pytest.param("+10m", marks=pytest.mark.scenario("a worker's clock ten minutes ahead", 80)),
        pytest.param("-10m", marks=pytest.mark.scenario("a worker's clock ten minutes behind", 80)),
    ],
)
def test_worker_whose_clock_is_ten_minutes_off_takes_nothing_from_the_others(
    world: World, shift: str
) -> None:
    wrong = {"LD_PRELOAD": LIBFAKETIME, "FAKETIME": shift, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    world.programs.start(*GROUP, Worker("letters,bulk", 1, wrong), Worker("mail,mailings", 1, wrong))
    world.order()

    sums = world.finish()

    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    for model in (Document, OutgoingMail):
        assert not model.objects.exclude(fence=1, deaths=0).exists()
    assert not Document.objects.filter(finished_at__lt=F("created_at")).exists()
