"""The store of finished files."""

import errno
import hashlib
import os
import stat
import time

import pytest

from documents import store

PDF = b"%PDF-1.7 specimen"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return tmp_path / "documents"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_saved_file_is_named_by_its_bytes_and_private(folder):
    sha256 = store.save(lambda file: file.write(PDF))

    path = store.path(sha256)
    assert sha256 == hashlib.sha256(PDF).hexdigest()
    assert path == folder / sha256[:2] / sha256
    assert path.read_bytes() == PDF
    assert (mode(path), mode(path.parent), mode(folder)) == (0o640, 0o750, 0o750)
    assert store.relative_path(sha256) == f"documents/{sha256[:2]}/{sha256}"


def test_same_bytes_saved_twice_are_one_file():
    first, second = (store.save(lambda file: file.write(PDF)) for _ in range(2))

    assert first == second
    assert list(store.file_names()) == [first]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../" * 9 + "etc/passwd", "", ".", "A" * 64, "a" * 64 + "\n"]
)
def test_name_that_is_no_hash_leads_to_no_file(folder, name):
    assert store.path(name) == folder / "nowhere"
    with pytest.raises(FileNotFoundError):
        store.read(name)


def test_full_disk_leaves_no_file_behind(folder):
    def write(file):
        file.write(PDF)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        store.save(write)

    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_leftovers_of_dead_workers_are_removed_after_an_hour(folder):
    store.save(lambda file: file.write(PDF))
    fresh, old = (folder / "incoming" / name for name in ("fresh", "old"))
    for leftover in (fresh, old):
        leftover.write_bytes(PDF)
    hours_ago = time.time() - 2 * store.LEFTOVER_AGE
    os.utime(old, (hours_ago, hours_ago))

    removed = store.remove_leftovers()

    assert (removed, fresh.exists(), old.exists()) == (1, True, False)
