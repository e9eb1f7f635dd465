"""Delete the texts and files of documents about people.

Reference, verification code, validity and SHA-256 of the file stay, so that each document can still be verified.
"""

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
from registration.stores.due import ended_event_keys

KEEP: dict[str, int] = {
    Kind.VISA_LETTER: WEEK,  # the same as for the passport data that the letter contains
    Kind.BADGES: QUARTER,  # the same as for photographs
    Kind.CONFIRMATION: YEAR,
    Kind.PERSON_CONFIRMATION: YEAR,
    Kind.CERTIFICATE: YEAR,
}
"""Days after the event's last day for which text and file are kept. Other kinds are kept as part of the record."""

_LISTS = (Kind.CONFIRMATION, Kind.BADGES, Kind.PARTICIPANTS)
"""Kinds that name many people in one file. Erasing one person deletes the file; it can be made again without them."""


def delete_due(at: datetime) -> int:
    """Delete the texts and files whose retention period is over at `at`. Return the number of documents."""
    with_text = Document.objects.exclude(snapshot={})
    return sum(
        delete_texts(with_text.filter(kind=kind, event__in=ended_event_keys(at, days)), at)
        for kind, days in KEEP.items()
    )


def documents_about(subject: Subject) -> list[Document]:
    """Return the documents made for these people, and the lists of their events that contain their names."""
    theirs = Document.objects.filter(participant__in=subject.people)
    sheets = Document.objects.filter(badges__participant__in=subject.people).values("pk")
    lists = Document.objects.filter(event__in=subject.events, kind__in=_LISTS).iterator()
    naming = (one.pk for one in lists if any(name in str(one.snapshot) for name in subject.names))
    return list(theirs | Document.objects.filter(Q(pk__in=list(naming)) | Q(pk__in=sheets)))


def delete_documents_about(subject: Subject, at: datetime) -> int:
    """Delete the texts and files of the documents that `documents_about` returns. Return the number of documents."""
    keys = [one.pk for one in documents_about(subject)]
    return delete_texts(Document.objects.filter(pk__in=keys).exclude(snapshot={}), at)


@transaction.atomic
def delete_texts(documents: DocumentQuerySet, at: datetime) -> int:
    """Delete the texts, files and merged files of these documents. Return the number of documents.

    A waiting job is cancelled. The files are deleted after the commit. The content hash is replaced by a random
    value: otherwise somebody who knows the rest of a letter could find out a passport number by trying.
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
    """Delete these files. If the process stops before, the janitor removes the files, because no row owns them."""
    for sha256 in files:
        store.path(sha256).unlink(missing_ok=True)
