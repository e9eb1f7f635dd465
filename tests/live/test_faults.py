"""A short form of the fault tests, with twelve letters and their mails. `make test-faults` runs the full form."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.models import Document
from jobs.models import OutgoingMail, State
from tests import servers
from tests.factories import EventMemberFactory, InvitationFactory, SignatoryFactory, TemplateFactory
from tests.faults.messages import multiply_messages
from tests.faults.poisoned import SETTINGS, actual_codes, expected_codes, poison
from tests.faults.programs import Programs, Worker, limits
from tests.faults.sums import assert_nothing_is_lost
from tests.faults.world import World

BODIES = 6
EVERYTHING = "letters,bulk,mail,mailings"
SHORTER = limits(soft=4, hard=5, lease=6)
QUICK_POISONS = [
    "exception",
    "missing asset",
    "missing glyph",
    "3,000 pages",
    "bad template",
    "refused address",
]


@pytest.fixture
def world(
    environment: dict[str, str], redis: servers.Redis, mailbox: servers.Mailbox, tmp_path: Path
) -> Iterator[World]:
    """Invitations for twelve letters, before any program runs."""
    template = TemplateFactory(event__slug="workshop")
    SignatoryFactory(template=template)
    invited = InvitationFactory.create_batch(BODIES, event=template.event)
    officer = EventMemberFactory(event=template.event).user
    programs = Programs(environment, tmp_path, SHORTER)
    bodies = [invitation.organisation for invitation in invited]
    yield World(template.event, officer, bodies, programs, mailbox, redis, limit=300)
    programs.close()


def test_everything_is_made_and_sent_once_though_the_workers_are_killed_twice(world: World) -> None:
    world.planned()
    for part in (0.2, 0.6):
        world.programs.start(Worker(EVERYTHING, 2))
        world.reach(part)
        world.programs.kill()
    world.programs.start(Worker(EVERYTHING, 2))

    assert_nothing_is_lost(world.finish(), letters=world.letters, mails=world.letters)


def test_everything_is_made_and_sent_once_though_redis_is_lost_with_a_message_in_each_process_then_postgresql(
    world: World, postgres: servers.Postgres
) -> None:
    world.planned()
    world.programs.start(Worker(EVERYTHING, 2))
    world.until(lambda: Document.objects.filter(state=State.RUNNING).count() == 2)
    world.redis.kill()
    world.redis.start()
    world.reach(0.5)
    postgres.kill()
    postgres.start()

    assert_nothing_is_lost(world.finish(), letters=world.letters, mails=world.letters)


def test_message_that_comes_five_times_to_two_workers_is_done_once(world: World) -> None:
    world.planned()
    multiply_messages(Document.lanes[0].queue)
    world.programs.start(*[Worker(EVERYTHING)] * 2)

    assert_nothing_is_lost(world.finish(), letters=world.letters, mails=world.letters)
    assert not Document.objects.exclude(fence=1).exists()
    assert not OutgoingMail.objects.exclude(fence=1).exists()


def test_poisoned_letters_end_with_their_reasons_and_all_others_are_made(world: World) -> None:
    poisoned = poison(world.planned(), QUICK_POISONS)
    world.programs.start(Worker(EVERYTHING, 2, {"DJANGO_SETTINGS_MODULE": SETTINGS}))

    sums = world.finish()

    assert_nothing_is_lost(
        sums, letters=world.letters, failed=len(poisoned), mails=world.letters - len(poisoned)
    )
    assert actual_codes(poisoned) == expected_codes(poisoned)
