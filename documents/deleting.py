"""Deleting what documents say of people. Hash, reference, code and validity stay: each can still be verified."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from accounts.privacy import Subject
from documents import store
from documents.models import Document, Kind, MergedFile
from documents.models.document import DocumentQuerySet
from jobs.models import State
from registration.fields import QUARTER, WEEK, YEAR
from registration.stores.due import over

KEEP: dict[str, int] = {
    Kind.VISA_LETTER: WEEK,  # as long as the passport that it prints
    Kind.BADGES: QUARTER,  # as long as the photographs
    Kind.CONFIRMATION: YEAR,
    Kind.PERSON_CONFIRMATION: YEAR,
    Kind.CERTIFICATE: YEAR,
}
"""How many days after the event's last day text and file are kept; the other kinds are part of the record."""

_LISTS = (Kind.CONFIRMATION, Kind.BADGES, Kind.PARTICIPANTS)
"""They name many people in one file: erasing one of them takes the file, which can be made again without them."""


def delete_due(at: datetime) -> int:
    """Delete the texts and files whose time is over; how many documents that were."""
    with_text = Document.objects.exclude(snapshot={})
    return sum(
        delete_texts(with_text.filter(kind=kind, event__in=over(at, days)), at) for kind, days in KEEP.items()
    )


def about(subject: Subject) -> list[Document]:
    """What was made for these people, and the lists of their events in which their names stand."""
    theirs = Document.objects.filter(participant__in=subject.people)
    sheets = Document.objects.filter(badges__participant__in=subject.people).values("pk")
    lists = Document.objects.filter(event__in=subject.events, kind__in=_LISTS).iterator()
    naming = (one.pk for one in lists if any(name in str(one.snapshot) for name in subject.names))
    return list(theirs | Document.objects.filter(Q(pk__in=list(naming)) | Q(pk__in=sheets)))


def delete_about(subject: Subject, at: datetime) -> int:
    """Delete the texts and files of all that; how many documents it were."""
    keys = [one.pk for one in about(subject)]
    return delete_texts(Document.objects.filter(pk__in=keys).exclude(snapshot={}), at)


@transaction.atomic
def delete_texts(documents: DocumentQuerySet, at: datetime) -> int:
    """Empty these rows of what they say, and delete their files and prints once that is certain; how many they were.

    The hash of the content is exchanged for a random one: who knows the rest of a letter could try passports on it.
    """
    rows = list(documents.only("pk", "state", "file_sha256"))
    for row in rows:
        waits = {"state": State.CANCELLED, "finished_at": at} if row.is_waiting else {}
        emptied = {"snapshot": {}, "error_text": "", "content_hash": secrets.token_hex(32), "purged_at": at}
        Document.objects.filter(pk=row.pk).update(**emptied, **waits)
    prints = MergedFile.objects.filter(batch__documents__in=[row.pk for row in rows])
    files = {*(row.file_sha256 for row in rows), *prints.values_list("file_sha256", flat=True)} - {""}
    MergedFile.objects.filter(pk__in=list(prints.values_list("pk", flat=True))).delete()
    transaction.on_commit(partial(_unlink, files))
    return len(rows)


def _unlink(files: Iterable[str]) -> None:
    """A process that dies before this leaves files that no row owns, which the janitor removes."""
    for sha256 in files:
        store.path(sha256).unlink(missing_ok=True)
