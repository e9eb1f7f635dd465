"""Photographs, copies of passports and proofs of nomination: rows, and files on the disk."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, classified, values
from registration.fields import CATALOGUE
from registration.models import Upload
from registration.stores.due import delete_due, over, until

STRAY_AGE = (
    3600  # seconds after which a file that no row names belongs to nobody: its upload has ended by then
)


UNDO = timedelta(days=1)  # as long as a removed file can be brought back


def _purge(at: datetime) -> int:
    """The files are removed after the commit; those that a crash left behind without a row, here."""
    deleted = sum(
        delete_due(Upload.everything.filter(kind=kind, delegation__event__in=over(at, keep)))
        for kind in Upload.Kind.values
        if (keep := CATALOGUE[kind].keep) is not None
    )
    undone_no_more = Upload.everything.filter(removed_at__lte=at - UNDO)
    return deleted + delete_due(undone_no_more) + _remove_strays()


def _remove_strays() -> int:
    strays = list(_strays())
    for file in strays:
        file.unlink(missing_ok=True)
    return len(strays)


def _strays() -> Iterator[Path]:
    root, limit = Path(settings.FILES_ROOT), time.time() - STRAY_AGE
    old = {
        file.relative_to(root).as_posix(): file
        for file in root.glob("registration/??/*")
        if file.stat().st_mtime <= limit
    }
    named = set(Upload.everything.values_list("file", flat=True).iterator())
    return (file for name, file in old.items() if name not in named)


def _find(subject: Subject) -> list[Finding]:
    theirs = Upload.everything.filter(participant__in=subject.people).select_related("delegation__event")
    return [_finding(upload) for upload in theirs]


def _finding(upload: Upload) -> Finding:
    held = values(upload, UPLOADS.fields) | {"kind": upload.kind}
    keep = dict.fromkeys(("file", "name"), CATALOGUE[upload.kind].keep)
    kept = until(upload.delegation.event.last_day, keep, held)
    return Finding(upload._meta.label_lower, upload.pk, held, kept)


def _erase(subject: Subject) -> int:
    return delete_due(Upload.everything.filter(participant__in=subject.people))


UPLOADS = Store(
    name=_("Photographs and documents"),
    purpose=_("for badges, for visa support and to prepare the registration"),
    kept=_("each kind for its time; the file is deleted with its row"),
    fields=classified(Privacy.PERSONAL, "registration.upload", "file name"),
    find=_find,
    erase=_erase,
    purge=_purge,
)
