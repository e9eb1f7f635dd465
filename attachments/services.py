"""Operations on attachments: add several at once, or replace one."""

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
from attachments.keeping import store_or_discard
from attachments.models import Attachment, remove_after_commit
from attachments.validators import FileRefused, clean_name, detect_type
from events.models import Event

FACTS = ("file_name", "content_type", "extension", "size", "checksum")  # determined from the file itself


@dataclass(frozen=True, slots=True)
class Added:
    """The result of adding files: the attachments created, and the refused files with their reasons."""

    kept: list[Attachment] = field(default_factory=list)
    refused: list[FileRefused] = field(default_factory=list)


def add_attachments(*, event: Event, files: Iterable["File[bytes]"], actor: User, **details: Any) -> Added:
    """Add files to an event, each one separately: if one is refused, the others are still added.

    `details` are fields that all files get: kind, session, audience, languages, presented_by.
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
    """Add one file and return its attachment. The title is the file's name by default. Raises FileRefused."""
    attachment = Attachment(event=event, added_by=actor, **details)
    _look_into(attachment, file)
    written = [code for code in LANGUAGE_CODES if code in attachment.languages.split(",")]
    if not any(getattr(attachment, f"title_{code}") for code in LANGUAGE_CODES):
        for code in written or LANGUAGE_CODES:
            setattr(attachment, f"title_{code}", PurePosixPath(attachment.file_name).stem.replace("_", " "))
    _store(attachment, file, actor, "attachment.added", changes=_facts(attachment))
    return attachment


def replace_file(*, attachment: Attachment, file: "File[bytes]", actor: User) -> Attachment:
    """Replace the attachment's file. Raises FileRefused; the old file is then kept."""
    stored = Attachment.objects.get(pk=attachment.pk)
    _look_into(attachment, file)
    changes = {name: [getattr(stored, name), value] for name, value in _facts(attachment).items()}
    _store(attachment, file, actor, "attachment.replaced", changes=changes)
    remove_after_commit(stored.file)
    return attachment


def _look_into(attachment: Attachment, file: "File[bytes]") -> None:
    """Set type, size and hash from the content. Call it outside a transaction, because it can take seconds."""
    name = clean_name(file.name or "")
    found = detect_type(file, name)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    values = (name, found.content_type, found.extension, file.size, digest.hexdigest())
    for fact, value in zip(FACTS, values, strict=True):
        setattr(attachment, fact, value)


def _store(
    attachment: Attachment, file: "File[bytes]", actor: User, verb: str, changes: dict[str, Any]
) -> None:
    """Write the file, then the row. If the row cannot be written, the file is deleted."""
    with store_or_discard(attachment.file, file, attachment.file_name), transaction.atomic():
        attachment.save()
        audit.record(actor, verb, attachment, changes=changes)


def _facts(attachment: Attachment) -> dict[str, Any]:
    return {name: getattr(attachment, name) for name in FACTS}
