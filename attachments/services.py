"""What is done to files: adding several at once, replacing one, removing what no row names any more."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts import audit
from accounts.language import LANGUAGE_CODES
from accounts.models import User
from attachments.keeping import kept
from attachments.models import Attachment, remove_after_commit
from attachments.validators import FileRefused, clean_name, inspect
from events.models import Event

FACTS = ("file_name", "content_type", "extension", "size", "checksum")  # what is known of a file by looking


@dataclass(frozen=True, slots=True)
class Added:
    """What became of several files: those kept, and those refused with the reason."""

    kept: list[Attachment] = field(default_factory=list)
    refused: list[FileRefused] = field(default_factory=list)


def add_attachments(*, event: Event, files: Iterable["File[bytes]"], actor: User, **details: Any) -> Added:
    """Add files to an event, each for itself: one that is refused keeps no other from being kept.

    `details` are fields that all of them get: kind, session, audience, languages, presented_by.
    """
    added = Added()
    last = event.attachments.order_by("order").last()
    order = last.order + 1 if last else 0
    for file in files:
        try:
            added.kept.append(add_attachment(event=event, file=file, actor=actor, order=order, **details))
            order += 1
        except FileRefused as refused:
            added.refused.append(refused)
    return added


def add_attachment(*, event: Event, file: "File[bytes]", actor: User, **details: Any) -> Attachment:
    """Add one file. Raises FileRefused. Without a title among its details it is called by its name."""
    attachment = Attachment(event=event, added_by=actor, **details)
    _look_into(attachment, file)
    written = [code for code in LANGUAGE_CODES if code in attachment.languages.split(",")]
    if not any(getattr(attachment, f"title_{code}") for code in LANGUAGE_CODES):
        for code in written or LANGUAGE_CODES:
            setattr(attachment, f"title_{code}", PurePosixPath(attachment.file_name).stem.replace("_", " "))
    _store(attachment, file, actor, "attachment.added", changes=_facts(attachment))
    return attachment


def replace_file(*, attachment: Attachment, file: "File[bytes]", actor: User) -> Attachment:
    """Put another file in the place of this one. Raises FileRefused, and then the old one stays."""
    stored = Attachment.objects.get(pk=attachment.pk)
    _look_into(attachment, file)
    changes = {name: [getattr(stored, name), value] for name, value in _facts(attachment).items()}
    _store(attachment, file, actor, "attachment.replaced", changes=changes)
    remove_after_commit(stored.file)
    return attachment


def _look_into(attachment: Attachment, file: "File[bytes]") -> None:
    """Take type, size and hash from the content. Before any transaction: this may take seconds."""
    name = clean_name(file.name or "")
    found = inspect(file, name)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    values = (name, found.content_type, found.extension, file.size, digest.hexdigest())
    for fact, value in zip(FACTS, values, strict=True):
        setattr(attachment, fact, value)


def _store(
    attachment: Attachment, file: "File[bytes]", actor: User, verb: str, changes: dict[str, Any]
) -> None:
    """Write the file, then the row. A row that cannot be written leaves no file behind."""
    with kept(attachment.file, file, attachment.file_name), transaction.atomic():
        attachment.save()
        audit.record(actor, verb, attachment, changes=changes)


def _facts(attachment: Attachment) -> dict[str, Any]:
    return {name: getattr(attachment, name) for name in FACTS}
