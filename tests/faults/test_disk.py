"""The disk is full while letters are made."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings

from documents.models import Document
from jobs.models import State
from tests.faults.engine import LEAST_ROOM
from tests.faults.poisoned import SETTINGS
from tests.faults.programs import Worker
from tests.faults.sums import assert_nothing_is_lost
from tests.faults.world import World

BALLAST = 512 * 1024 * 1024  # bytes; much more than other programs write during the test


def workers_on_a_disk_for(room: int) -> list[Worker]:
    """Return workers that require almost all of the disk to stay free, except `room` bytes, so none must be filled."""
    free = shutil.disk_usage(settings.FILES_ROOT).free
    variables = {"DJANGO_SETTINGS_MODULE": SETTINGS, LEAST_ROOM: str(free - room)}
    return [Worker("letters,bulk", 2, variables), Worker("mail,mailings")]


@contextmanager
def ballast() -> Iterator[None]:
    """A file of BALLAST bytes on the disk."""
    with tempfile.TemporaryFile(dir=settings.FILES_ROOT) as file:
        os.posix_fallocate(file.fileno(), 0, BALLAST)
        yield


def without_room() -> int:
    return Document.objects.filter(state=State.QUEUED, error_code="no_room").count()


@pytest.mark.scenario("disk full", 90)
def test_letters_wait_for_room_on_the_disk_and_are_made_by_themselves_when_there_is_some(
    world: World,
) -> None:
    world.programs.start(*workers_on_a_disk_for(BALLAST // 2))
    world.order()
    world.reach(0.2)
    with ballast():
        world.until(lambda: without_room() > world.letters // 10)
        made = Document.objects.filter(state=State.DONE).count()

    sums = world.finish()

    assert 0 < made < world.letters
    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    assert not Document.objects.exclude(errors=0).exists()
