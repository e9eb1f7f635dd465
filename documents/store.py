"""Finished files, named by the SHA-256 of their bytes, in a folder that no web server shows.

A file is complete before it has its name: written to a temporary one, flushed to the disk, then renamed.
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
LEAST_ROOM = 1024 * 1024  # bytes: a long letter and its temporary file
LEFTOVER_AGE = 3600  # seconds after which a temporary file belongs to nobody: far above any time limit
_NAME = re.compile(r"[0-9a-f]{64}")


def require_room() -> None:
    """Raise OSError when the disk is full: nothing has to be made for nothing, minute by minute."""
    if shutil.disk_usage(_folder("incoming")).free < LEAST_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def save(write: Callable[[BinaryIO], object]) -> str:
    """Keep what `write` puts into the file it is given; its SHA-256. Raises OSError and leaves nothing."""
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
    """Where the file with these bytes is, or would be; for what is no SHA-256, a place where nothing ever is.

    The name comes from the database, and a row that somebody has tampered with must not lead out of the folder.
    """
    if not _NAME.fullmatch(sha256):
        return _root() / "nowhere"
    return _root() / sha256[:2] / sha256


def read(sha256: str) -> bytes:
    """The bytes of the file. Raises FileNotFoundError."""
    return path(sha256).read_bytes()


def relative(sha256: str) -> str:
    """The same below FILES_ROOT, as a web server is told it."""
    return path(sha256).relative_to(settings.FILES_ROOT).as_posix()


def names(older_than: float = 0) -> Iterator[str]:
    """The SHA-256 of every file kept for at least so many seconds."""
    return (file.name for file in _older("??/*", older_than))


def remove_leftovers() -> int:
    """Remove the temporary files of workers that died writing them; how many there were."""
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
    """A folder of the store, made when it is not there yet."""
    folder = _root() / name
    for needed in (folder.parent, folder):
        if not needed.is_dir():
            needed.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            needed.chmod(FOLDER_MODE)  # mkdir's mode is cut by the umask
            _sync(needed.parent)
    return folder


def _sync(folder: Path) -> None:
    """Make a new name in the folder outlive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
