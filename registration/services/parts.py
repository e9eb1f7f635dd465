"""The details of a delegation as a whole, and the files of a delegation and its people."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import AuditEntry, User
from attachments.keeping import store_or_discard
from attachments.validators import FileRefused, clean_name, detect_type
from jobs.clock import database_now
from registration import pictures, rules
from registration.editing import require_direct_edit
from registration.fields import CATALOGUE, Asked
from registration.models import Delegation, Participant, Upload
from registration.services.people import increment_version, lock_delegation, on_behalf
from registration.slots import OF_A_PERSON

Kind = Upload.Kind
NOMINATION_TYPES = ("application/pdf", "image/jpeg", "image/png")


class DetailsChanged(rules.VersionChanged):
    """Somebody else saved the details after the page was opened; `names` are the fields that differ."""

    def __init__(self, delegation: Delegation, names: list[str]) -> None:
        super().__init__()
        self.delegation, self.names = delegation, names


class NotAsked(rules.Refused):
    """The event does not ask for this file, or its person is no longer in the delegation."""

    sentence = gettext_lazy("Nothing was saved: this file is not asked for any more. Open the page again.")


class FileGone(rules.Refused):
    """A removed file can no longer be restored."""

    sentence = gettext_lazy("Nothing was changed: this file cannot be brought back any more.")


@transaction.atomic
def save_details(
    *,
    delegation: Delegation,
    fields: Mapping[str, object],
    version: int | None,
    actor: User,
    at: datetime | None = None,
) -> Delegation:
    """Save the details of the delegation, complete or not; increments its version if anything changed.

    `fields` uses the names of `registration/fields.py`; fields left out do not change. `version` is the
    version on the page; None overwrites. Raises DetailsChanged, EditingClosed.
    """
    delegation = lock_delegation(delegation)
    changed = [name for name, value in fields.items() if getattr(delegation, name) != value]
    if not changed:
        return delegation
    if version is not None:
        _require_same(delegation, changed, version)
    require_direct_edit(delegation, changed, at or database_now(), actor)
    before = {name: getattr(delegation, name) for name in changed}
    for name in changed:
        setattr(delegation, name, fields[name])
    delegation.save(update_fields=changed)
    increment_version(delegation)
    changes = {name: [before[name], fields[name]] if CATALOGUE[name].is_open else [] for name in changed}
    version_now = {"version": delegation.version} | on_behalf(delegation, actor)
    audit.record(actor, "delegation.details_saved", delegation, changes=changes | version_now)
    return delegation


def store_upload(
    *,
    delegation: Delegation,
    participant: Participant | None,
    kind: str,
    file: "File[bytes]",
    actor: User,
    at: datetime | None = None,
) -> Upload:
    """Store a file of a person, or the delegation's proof of nomination; it replaces the former file.

    Pictures are decoded and re-encoded before the transaction begins. Raises FileRefused, EditingClosed,
    NotAsked.
    """
    upload = Upload(delegation=delegation, participant=participant, kind=kind)
    content = _prepared(upload, file)
    with store_or_discard(upload.file, content, upload.name):
        return _stored(upload, actor, at)


@transaction.atomic
def remove_upload(*, upload: Upload, actor: User, at: datetime | None = None) -> None:
    """Remove a file; it can be restored for a day. Does nothing if it is gone. Raises EditingClosed."""
    delegation, at = lock_delegation(upload.delegation), at or database_now()
    stored = delegation.uploads.filter(pk=upload.pk).first()
    if stored is None:
        return
    _mark(stored, delegation, at, actor, at=at)
    _record(actor, "upload.removed", stored, delegation, at)


@transaction.atomic
def restore_upload(*, upload: Upload, actor: User, at: datetime | None = None) -> None:
    """Restore a removed file. Raises EditingClosed, and FileGone if it was replaced or the day is over."""
    delegation, at = lock_delegation(upload.delegation), at or database_now()
    stored = Upload.everything.removed().filter(pk=upload.pk).first()
    if stored is None:
        raise FileGone
    _mark(stored, delegation, None, actor, at=at)
    _record(actor, "upload.restored", stored, delegation, at)


def record_opening(*, upload: Upload, actor: User) -> None:
    """Record who opened a copy of a passport.

    Other files are not recorded: everybody with access sees them.
    """
    if upload.kind == Kind.PASSPORT:
        _record(actor, "upload.opened", upload, upload.delegation)


def _mark(
    stored: Upload, delegation: Delegation, removed_at: datetime | None, actor: User, *, at: datetime
) -> None:
    require_direct_edit(_owner(stored, delegation), [stored.kind], at, actor)
    stored.removed_at = removed_at
    stored.save(update_fields=["removed_at"])
    increment_version(delegation)


@transaction.atomic
def _stored(upload: Upload, actor: User, at: datetime | None) -> Upload:
    """Save the row and delete the former one, whose file is deleted after the commit."""
    delegation = lock_delegation(upload.delegation)
    owner = _owner(upload, delegation)
    if (upload.kind in OF_A_PERSON) != (upload.participant_id is not None):
        raise NotAsked
    if not Asked(delegation.event).asks(upload.kind):
        raise NotAsked
    require_direct_edit(owner, [upload.kind], at or database_now(), actor)
    in_place = Upload.everything.filter(
        delegation=delegation, kind=upload.kind, participant=upload.participant_id
    )
    is_replaced = any(before.removed_at is None for before in in_place)
    in_place.delete()
    upload.delegation = delegation
    upload.save()
    increment_version(delegation)
    _record(actor, "upload.replaced" if is_replaced else "upload.kept", upload, delegation, at)
    return upload


def _owner(upload: Upload, delegation: Delegation) -> Participant | Delegation:
    """The person or the locked delegation that the file belongs to. Raises NotAsked."""
    if upload.participant_id is None:
        return delegation
    participant = delegation.participants.present().filter(pk=upload.participant_id).first()
    if participant is None:
        raise NotAsked
    participant.delegation = delegation
    return participant


def _prepared(upload: Upload, file: "File[bytes]") -> "File[bytes]":
    """The content to be stored; sets name, type, size and hash of the upload. Raises FileRefused."""
    content, content_type = _checked(upload.kind, file)
    content.seek(0)
    data = content.read()
    upload.name, upload.content_type = clean_name(content.name or ""), content_type
    upload.size, upload.checksum = len(data), hashlib.sha256(data).hexdigest()
    return ContentFile(data, upload.name)


def _checked(kind: str, file: "File[bytes]") -> tuple["File[bytes]", str]:
    if kind == Kind.PHOTO:
        return pictures.photo(file), "image/jpeg"
    if kind == Kind.PASSPORT:
        return pictures.scan(file), "image/jpeg"
    name = clean_name(file.name or "")
    pictures.require_size(file, name)
    found = detect_type(file, name)
    if found.content_type not in NOMINATION_TYPES:
        raise FileRefused(name, _("only PDF, JPEG and PNG are accepted here."))
    return (pictures.scan(file), "image/jpeg") if found.extension != "pdf" else (file, found.content_type)


def _require_same(delegation: Delegation, changed: list[str], version: int) -> None:
    """Raises DetailsChanged if a field saved since that version differs from the value to be written.

    Other parts of the delegation may have been saved since then. If `version` cannot be that of any page
    (below 1 or too high), every field that differs counts.
    """
    if 1 <= version <= delegation.version:
        since = AuditEntry.objects.about(delegation).filter(
            verb="delegation.details_saved", changes__version__gt=version
        )
        saved = {name for changes in since.values_list("changes", flat=True) for name in changes}
        changed = [name for name in changed if name in saved]
        if not changed:
            return
    raise DetailsChanged(delegation, changed)


def _record(
    actor: User, verb: str, upload: Upload, delegation: Delegation, at: datetime | None = None
) -> None:
    """Write one audit entry about a file: its kind and its person, never its name."""
    whose = {"participant": upload.participant_id} if upload.participant_id else {}
    changes = {"kind": upload.kind, "version": delegation.version} | whose | on_behalf(delegation, actor)
    audit.record(actor, verb, delegation, changes=changes, at=at)
