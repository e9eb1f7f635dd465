"""Adding several files, replacing one, and the files left on disk."""

import hashlib
import os
import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import DatabaseError

from accounts.models import AuditEntry
from attachments import services
from attachments.models import Attachment
from attachments.validators import FileRefused
from tests.attachments.samples import ACCEPTED, pdf
from tests.factories import EventFactory, OrganisationFactory, SessionFactory, StaffFactory

pytestmark = pytest.mark.django_db


def file(name="Agenda.pdf", content=None):
    return ContentFile(pdf() if content is None else content, name=name)


def add(event=None, *files, **details):
    return services.add_attachments(
        event=event or EventFactory(), files=files or [file()], actor=StaffFactory(), **details
    )


def content(attachment):
    with attachment.file.open("rb") as stored:
        return stored.read()


def stored_files():
    root = Path(os.environ["FILES_ROOT"]) / "attachments"
    return {path for path in root.rglob("*") if path.is_file()}


def test_added_file_has_what_is_known_of_it_by_looking():
    [attachment] = add(None, file("../Programa_provisional.PDF")).kept

    attachment.refresh_from_db()
    assert (attachment.file_name, attachment.extension) == ("Programa_provisional.PDF", "pdf")
    assert (attachment.content_type, attachment.size) == ("application/pdf", len(pdf()))
    assert attachment.checksum == hashlib.sha256(pdf()).hexdigest()
    assert content(attachment) == pdf()
    assert attachment.origin == Attachment.Origin.UPLOADED


@pytest.mark.parametrize(
    ("languages", "titles"),
    [
        ("en", ("Agenda 2", None)),
        ("es", (None, "Agenda 2")),
        ("en,es", ("Agenda 2", "Agenda 2")),
        ("fr", ("Agenda 2", "Agenda 2")),
    ],
)
def test_added_file_is_titled_by_its_name_in_its_languages(languages, titles):
    [attachment] = add(None, file("Agenda_2.pdf"), languages=languages).kept

    attachment.refresh_from_db()
    assert (attachment.title_en, attachment.title_es) == titles


def test_added_files_share_the_details_and_follow_the_last():
    event = EventFactory()
    session, body = SessionFactory(event=event), OrganisationFactory()
    add(event)

    added = add(
        event,
        file("a.pdf"),
        file("b.zip", ACCEPTED["zip"]),
        session=session,
        presented_by=body,
        audience="delegates",
    )

    rows = Attachment.objects.filter(session=session).values_list(
        "file_name", "order", "presented_by", "audience"
    )
    assert list(rows.order_by("order")) == [
        ("a.pdf", 1, body.pk, "delegates"),
        ("b.zip", 2, body.pk, "delegates"),
    ]
    assert added.refused == []


def test_refused_file_keeps_no_other_from_being_kept():
    before = stored_files()

    added = add(None, file("a.pdf"), file("b.pdf", b"<html>"), file("c.exe"), file("d.png", ACCEPTED["png"]))

    assert [one.file_name for one in added.kept] == ["a.pdf", "d.png"]
    assert [refused.name for refused in added.refused] == ["b.pdf", "c.exe"]
    assert [one.order for one in added.kept] == [0, 1]
    assert len(stored_files() - before) == 2


def test_added_file_leaves_a_line_with_its_checksum():
    [attachment] = add().kept

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_id, entry.event_id) == (
        "attachment.added",
        attachment.pk,
        attachment.event_id,
    )
    assert entry.changes["checksum"] == attachment.checksum


def test_stored_name_tells_nothing_and_cannot_be_guessed():
    first, second = add(None, file(), file()).kept

    names = [one.file.name for one in (first, second)]
    assert names[0] != names[1]
    assert [len(name.split("/")[-1]) for name in names] == [32, 32]
    assert [("Agenda" in name, "." in name) for name in names] == [(False, False)] * 2


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize("large", [False, True])
def test_stored_file_is_readable_by_owner_and_group_alone(umask, large):
    upload = file()
    if large:  # Django moves a file that is on disk already
        upload = TemporaryUploadedFile("Agenda.pdf", "application/pdf", len(pdf()), None)
        upload.write(pdf())
        upload.flush()
    old = os.umask(umask)
    try:
        [attachment] = add(None, upload).kept
    finally:
        os.umask(old)
        upload.close()

    path = Path(attachment.file.path)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, path.parent.parent)]
    assert modes == [0o640, 0o750, 0o750]


def test_row_that_cannot_be_written_leaves_no_file():
    before = stored_files()

    with pytest.raises(DatabaseError):
        services.add_attachment(event=EventFactory(), file=file(), actor=StaffFactory(), kind="k" * 50)

    assert stored_files() == before


def test_disk_that_takes_no_file_is_a_sentence_and_no_row(settings, tmp_path):
    (tmp_path / "attachments").write_text("a file where the folder should be")
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }

    added = add()

    assert (added.kept, Attachment.objects.count()) == ([], 0)
    assert str(added.refused[0]).startswith("“Agenda.pdf” was not accepted: the server could not store it.")


def test_replaced_file_changes_what_is_known_of_it_and_removes_the_old(django_capture_on_commit_callbacks):
    [attachment] = add(None, file(), languages="en").kept
    old = Path(attachment.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        services.replace_file(
            attachment=attachment, file=file("New.zip", ACCEPTED["zip"]), actor=StaffFactory()
        )

    attachment.refresh_from_db()
    assert (attachment.file_name, attachment.extension, attachment.title_en) == ("New.zip", "zip", "Agenda")
    assert content(attachment) == ACCEPTED["zip"]
    assert not old.exists()
    changes = AuditEntry.objects.get(verb="attachment.replaced").changes
    assert changes["file_name"] == ["Agenda.pdf", "New.zip"]


def test_replacement_that_is_refused_leaves_the_old_file():
    [attachment] = add().kept
    before = stored_files()

    with pytest.raises(FileRefused):
        services.replace_file(attachment=attachment, file=file("x.pdf", b"<html>"), actor=StaffFactory())

    stored = Attachment.objects.get()
    assert (stored.file_name, content(stored), stored_files()) == ("Agenda.pdf", pdf(), before)


@pytest.mark.parametrize(
    "delete",
    [lambda one: one.delete(), lambda one: Attachment.objects.all().delete(), lambda one: one.event.delete()],
)
def test_deleted_row_takes_its_file_along_after_the_commit(delete, django_capture_on_commit_callbacks):
    [attachment] = add().kept
    path = Path(attachment.file.path)

    with django_capture_on_commit_callbacks() as callbacks:
        delete(attachment)

    assert path.exists()
    for callback in callbacks:
        callback()
    assert not path.exists()


def test_deleted_session_leaves_its_files_to_the_event():
    session = SessionFactory()
    [attachment] = add(session.event, file(), session=session).kept

    session.delete()

    attachment.refresh_from_db()
    assert (attachment.session, content(attachment)) == (None, pdf())
