"""Photographs, copies of passports and proofs of nomination: rows, and files on disk."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.privacy import Finding, Privacy, Store, Subject, privacy_levels, values
from attachments.janitor import is_lost, remove_strays, shortened_list
from registration.fields import CATALOGUE
from registration.models import Delegation, Upload
from registration.stores.due import delete_due, ended_event_keys, kept_until

UNDO = timedelta(days=1)  # how long a removed file can be restored


def _purge(at: datetime) -> int:
    """Delete due rows (their files go after the commit) and files that a crash left without a row."""
    deleted = sum(
        delete_due(Upload.everything.filter(kind=kind, delegation__event__in=ended_event_keys(at, keep)))
        for kind in Upload.Kind.values
        if (keep := CATALOGUE[kind].keep) is not None
    )
    undone_no_more = Upload.everything.filter(removed_at__lte=at - UNDO)
    named = Upload.everything.values_list("file", flat=True)
    return deleted + delete_due(undone_no_more) + remove_strays("registration", named.iterator())


def missing_file_messages() -> list[str]:
    """A sentence if uploaded files are missing from disk; it names delegations, never people."""
    lost = [pk for pk, file in Upload.everything.values_list("pk", "file") if is_lost(file)]
    if not lost:
        return []
    words = ngettext(
        "%(count)s file of a delegation is missing from the store: %(names)s.",
        "%(count)s files of delegations are missing from the store: %(names)s.",
        len(lost),
    )
    theirs = Delegation.objects.filter(uploads__in=lost).distinct().select_related("event", "organisation")
    names = [f"{upload.event.reference} {upload.name}" for upload in theirs.order_by("pk")]
    return [words % {"count": len(lost), "names": shortened_list(names)}]


def _find(subject: Subject) -> list[Finding]:
    theirs = Upload.everything.filter(participant__in=subject.people).select_related("delegation__event")
    return [_finding(upload) for upload in theirs]


def _finding(upload: Upload) -> Finding:
    held = values(upload, UPLOADS.fields) | {"kind": upload.kind}
    keep = dict.fromkeys(("file", "name"), CATALOGUE[upload.kind].keep)
    kept = kept_until(upload.delegation.event.last_day, keep, held)
    return Finding(upload._meta.label_lower, upload.pk, held, kept)


def _erase(subject: Subject) -> int:
    return delete_due(Upload.everything.filter(participant__in=subject.people))


UPLOADS = Store(
    name=_("Photographs and documents"),
    purpose=_("for badges, for visa support and to prepare the registration"),
    kept=_("each kind for its time; the file is deleted with its row"),
    fields=privacy_levels(Privacy.PERSONAL, "registration.upload", "file name"),
    find=_find,
    erase=_erase,
    purge=_purge,
)
