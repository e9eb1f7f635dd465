"""Kept files and the rows that name them: what no row names is removed in time, what a row misses is said."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import ngettext

from attachments.models import Attachment

# Seconds after which a file that no row names is a stray: its upload has ended by then.
STRAY_AGE = 3600
NAMED = 3  # in a sentence


def remove_strays(folder: str, named: Iterable[str]) -> int:
    """Remove the files of a folder of FILES_ROOT whose names are not among these; how many there were."""
    root, limit = Path(settings.FILES_ROOT), time.time() - STRAY_AGE
    # Which files are old is asked before which are named: one that is named meanwhile is young.
    old = {
        file.relative_to(root).as_posix(): file
        for file in root.glob(f"{folder}/??/*")
        if file.stat().st_mtime <= limit
    }
    strays = set(old).difference(named) if old else set()
    for name in strays:
        old[name].unlink(missing_ok=True)
    return len(strays)


def is_lost(name: str) -> bool:
    """Whether the file of that name, as a row has it, is gone."""
    return not (Path(settings.FILES_ROOT) / name).is_file()


def clean_up() -> int:
    """Remove what a killed upload or replacement has left behind among the files of events; how many that was."""
    return remove_strays("attachments", Attachment.objects.values_list("file", flat=True).iterator())


def missing() -> list[str]:
    """A sentence when files are gone that the pages of events offer."""
    rows = Attachment.objects.order_by("pk").values_list("event__reference", "file_name", "file")
    lost = [f"{event} {name}" for event, name, file in rows if is_lost(file)]
    if not lost:
        return []
    words = ngettext(
        "%(count)s attachment has lost its file; replace it: %(names)s.",
        "%(count)s attachments have lost their files; replace them: %(names)s.",
        len(lost),
    )
    return [words % {"count": len(lost), "names": some(lost)}]


def some(names: Sequence[str]) -> str:
    """The first of the names, and a sign that there are more."""
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
