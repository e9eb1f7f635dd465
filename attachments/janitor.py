"""Compare stored files with the rows: remove files that no row uses, and report files that are missing."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import ngettext

from attachments.models import Attachment

# Seconds after which an unused file is removed. An upload has ended by then, so its row would exist.
STRAY_AGE = 3600
MAX_LISTED = 3  # most names in a sentence


def remove_strays(folder: str, used_names: Iterable[str]) -> int:
    """Remove the old files in a folder of FILES_ROOT whose names are not in `used_names`. Return their number."""
    root, limit = Path(settings.FILES_ROOT), time.time() - STRAY_AGE
    # List the old files before reading the names: a file whose row is added in between is still new.
    old = {
        file.relative_to(root).as_posix(): file
        for file in root.glob(f"{folder}/??/*")
        if file.stat().st_mtime <= limit
    }
    strays = set(old).difference(used_names) if old else set()
    for name in strays:
        old[name].unlink(missing_ok=True)
    return len(strays)


def is_lost(name: str) -> bool:
    """Return True if the file with this name, as stored in a row, does not exist."""
    return not (Path(settings.FILES_ROOT) / name).is_file()


def clean_up() -> int:
    """Remove files of events that an interrupted upload or replacement left behind. Return their number."""
    return remove_strays("attachments", Attachment.objects.values_list("file", flat=True).iterator())


def missing_file_messages() -> list[str]:
    """Return a sentence that names the files missing from event pages; [] if there are none."""
    rows = Attachment.objects.order_by("pk").values_list("event__reference", "file_name", "file")
    lost = [f"{event} {name}" for event, name, file in rows if is_lost(file)]
    if not lost:
        return []
    words = ngettext(
        "%(count)s attachment has lost its file; replace it: %(names)s.",
        "%(count)s attachments have lost their files; replace them: %(names)s.",
        len(lost),
    )
    return [words % {"count": len(lost), "names": shortened_list(lost)}]


def shortened_list(names: Sequence[str]) -> str:
    """Return the first names, followed by “…” if there are more."""
    return ", ".join(names[:MAX_LISTED]) + (" …" if len(names) > MAX_LISTED else "")
