"""Store finished files, named by the SHA-256 of their bytes, in a folder that no web server shows.

A file gets its name only when it is complete: it is written under a temporary name, flushed to disk, then
renamed.
"""

import errno
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

FILE_MODE, FOLDER_MODE = 0o640, 0o750
MIN_ROOM = 1024 * 1024  # bytes: enough for a long letter and its temporary file
LEFTOVER_AGE = 3600  # seconds; no task runs so long, so the worker of an older temporary file is dead
_NAME = re.compile(r"[0-9a-f]{64}")


def require_room() -> None:
    """Raises OSError if the disk is full, so that no document is rendered in vain."""
    if shutil.disk_usage(_folder("incoming")).free < MIN_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def save(write: Callable[[BinaryIO], object]) -> str:
    """Store what `write` writes into the file object. Return its SHA-256. Raises OSError and then leaves no file."""
    folder = _folder("incoming")
    number, temporary = tempfile.mkstemp(dir=folder)
    try:
        with open(number, "w+b") as file:
            write(file)
            file.flush()
            os.fchmod(number, FILE_MODE)
            os.fsync(number)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        target = _folder(sha256[:2]) / sha256
        os.replace(temporary, target)
        _sync(target.parent)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    return sha256


def path(sha256: str) -> Path:
    """Return the path of the file with this SHA-256, even if it does not exist.

    The value comes from the database. If it is not a SHA-256, the path of a file that never exists is returned,
    so that a manipulated row cannot lead out of the folder.
    """
    if not _NAME.fullmatch(sha256):
        return _root() / "nowhere"
    return _root() / sha256[:2] / sha256


def read(sha256: str) -> bytes:
    """Return the bytes of the file. Raises FileNotFoundError."""
    return path(sha256).read_bytes()


def relative_path(sha256: str) -> str:
    """Return the path below FILES_ROOT, as a web server needs it."""
    return path(sha256).relative_to(settings.FILES_ROOT).as_posix()


def file_names(older_than: float = 0) -> Iterator[str]:
    """Yield the SHA-256 of every file that is at least `older_than` seconds old."""
    return (file.name for file in _older("??/*", older_than))


def remove_leftovers() -> int:
    """Remove the temporary files of workers that died while writing. Return the number of files."""
    old = list(_older("incoming/*", LEFTOVER_AGE))
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _older(pattern: str, seconds: float) -> Iterator[Path]:
    limit = time.time() - seconds
    return (file for file in _root().glob(pattern) if file.stat().st_mtime <= limit)


def _root() -> Path:
    return Path(settings.FILES_ROOT) / "documents"


def _folder(name: str) -> Path:
    """Return a folder of the store. Create it if needed."""
    folder = _root() / name
    for needed in (folder.parent, folder):
        if not needed.is_dir():
            needed.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            needed.chmod(FOLDER_MODE)  # the umask limits the mode that mkdir sets
            _sync(needed.parent)
    return folder


def _sync(folder: Path) -> None:
    """Flush the folder to disk, so that a new name in it survives a power failure."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
