"""The disk is full while letters are made."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from documents import store
from documents.models import Document
from jobs.models import State
from tests.faults.sums import Sums, assert_nothing_is_lost
from tests.faults.world import World

pytestmark = pytest.mark.faults

Report = Callable[[str, Sums], None]

ROOM = 600_000  # bytes


@pytest.fixture
def small_disk(world: World, tmp_path: Path, settings: object) -> Iterator[Path]:
    """A disk with room for a few letters above what is always left free; the workers keep there what they make."""
    if os.geteuid() != 0:
        pytest.skip("Only root may mount a small disk.")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={store.LEAST_ROOM + ROOM}", "none", disk], check=True
    )
    try:
        shutil.copytree(settings.FILES_ROOT, disk, dirs_exist_ok=True)  # type: ignore[attr-defined]
        settings.FILES_ROOT = str(disk)  # type: ignore[attr-defined]
        world.programs.environment["FILES_ROOT"] = str(disk)
        yield disk
        world.programs.close()
    finally:
        subprocess.run(["umount", disk], check=True)


def without_room() -> int:
    return Document.objects.filter(state=State.QUEUED, error_code="no_room").count()


def test_letters_wait_for_room_on_the_disk_and_are_made_by_themselves_when_there_is_some(
    world: World, report: Report, small_disk: Path
) -> None:
    world.programs.start()
    world.order()
    world.until(lambda: without_room() > world.letters // 10)
    made = Document.objects.filter(state=State.DONE).count()
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)

    sums = world.finish()

    report("disk full", sums)
    assert 0 < made < world.letters
    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    assert not Document.objects.exclude(errors=0).exists()
