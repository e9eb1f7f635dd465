"""The janitor of the store: it removes files without a row, reports missing files, and waits while the disk is full."""

import os
import time

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from accounts.models import AuditEntry
from documents import store
from documents.models import Document, Image, MergedFile
from documents.services import janitor, restoring
from documents.services.making import render_and_store
from documents.services.merging import merge
from documents.tasks import restore_file
from jobs import services as jobs
from jobs.models import MAX_ERRORS, State
from tests.factories import BatchFactory
from tests.jobs.rows import mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def kept(content, *, age=2 * store.LEFTOVER_AGE):
    """Store a file that is `age` seconds old. Return its SHA-256."""
    sha256 = store.save(lambda file: file.write(content))
    os.utime(store.path(sha256), (time.time() - age,) * 2)
    return sha256


def test_strays_are_old_files_that_nobody_names():
    stray = kept(b"stray")
    kept(b"young", age=60)
    MergedFile.objects.create(batch=BatchFactory(), file_sha256=kept(b"print"))
    Image.objects.create(name=f"{kept(b'signature')}.jpg")
    mail(attachments=[{"name": "letter.pdf", "sha256": kept(b"enclosed")}])

    assert janitor.files_without_row() == [stray]


def test_clean_up_removes_strays_and_what_was_half_written():
    stray, owned = kept(b"stray"), kept(b"print")
    MergedFile.objects.create(batch=BatchFactory(), file_sha256=owned)
    half = store.path(stray).parent.parent / "incoming" / "half"
    half.write_bytes(b"%PDF")
    os.utime(half, (time.time() - 2 * store.LEFTOVER_AGE,) * 2)

    assert janitor.clean_up() == 2
    assert [path.exists() for path in (store.path(stray), half, store.path(owned))] == [False, False, True]


def test_file_of_a_mail_that_has_left_is_kept_by_its_document_alone():
    stray = kept(b"enclosed")
    mail(attachments=[{"name": "letter.pdf", "sha256": stray}], state=State.DONE)

    assert janitor.files_without_row() == [stray]


def test_missing_files_are_named(order, invite, make):
    batch = make(order(invite("UY"), invite("GB")))
    assert janitor.missing_file_messages() == []
    first = batch.documents.order_by("pk").first()
    store.path(first.file_sha256).unlink()

    words = f"1 file is missing from the store and will be made again within the hour: {first.reference}."
    assert janitor.missing_file_messages() == [words]
    assert janitor.missing_file_messages()[0] in jobs.get_health().reasons


def test_lost_file_is_made_again_with_the_same_bytes(order, invite, make, sent_tasks):
    document = make(order(invite("UY"))).documents.get()
    path = store.path(document.file_sha256)
    content = path.read_bytes()
    path.unlink()

    with sent_tasks() as tasks:
        restoring.restore_lost()
    restore_file(document.pk)

    assert tasks == [("documents.restore", document.pk)]
    assert (path.read_bytes(), janitor.missing_file_messages()) == (content, [])
    assert AuditEntry.objects.filter(verb="document.restored").get().object_id == document.pk


def test_lost_file_of_which_other_bytes_would_come_stays_lost_and_the_log_says_so(
    order, invite, make, caplog
):
    document = make(order(invite("UY"))).documents.get()
    store.path(document.file_sha256).unlink()
    document.snapshot["closing"] += " (another version)"
    document.save()

    restore_file(document.pk)

    assert f"{document} cannot be made again: it would have other bytes" in caplog.text
    assert list(store.file_names()) == []


@pytest.mark.parametrize("changes", [{"state": State.FAILED}, {"purged_at": Now()}])
def test_file_that_nobody_is_promised_is_not_made_again(order, invite, make, changes):
    document = make(order(invite("UY"))).documents.get()
    store.path(document.file_sha256).unlink()
    Document.objects.update(**changes)

    restore_file(document.pk)

    assert list(store.file_names()) == []


def test_lost_print_is_merged_again(order, invite, make):
    batch = make(order(invite("UY")))
    merged = MergedFile.objects.create(batch=batch, state=State.DONE, file_sha256="0" * 64)

    restoring.restore_lost()
    merge(MergedFile.objects.claim(merged.pk))

    merged.refresh_from_db()
    assert merged.is_current


def test_file_that_was_purged_is_not_missing(order, invite, make):
    batch = make(order(invite("UY")))
    store.path(batch.documents.get().file_sha256).unlink()
    Document.objects.update(snapshot={})

    assert janitor.missing_file_messages() == []


@pytest.mark.parametrize(
    ("options", "said", "is_kept"), [([], [], True), (["--remove"], ["1 files removed"], False)]
)
def test_command_lists_strays_and_removes_them_only_when_asked(capsys, options, said, is_kept):
    path = store.path(kept(b"stray"))

    call_command("tidy_documents", *options)

    assert capsys.readouterr().out.splitlines() == [f"no row: {path}", *said]
    assert path.exists() is is_kept


def test_chores_are_done_each_though_one_fails(monkeypatch, caplog):
    done = []

    def fails():
        raise OSError("no such folder")

    monkeypatch.setattr(jobs.sweeping, "chores", [fails, lambda: done.append(1)])

    jobs.do_chores()

    assert (done, "fails failed" in caplog.text) == ([1], True)


def test_document_that_found_the_disk_full_waits_as_long_as_it_takes(
    order, invite, settings, planned, monkeypatch
):
    document = planned(order(invite("UY"))).documents.get()
    monkeypatch.setattr(store, "MIN_ROOM", 2**70)  # more than any disk has
    for _try in range(MAX_ERRORS + 1):
        render_and_store(Document.objects.claim(document.pk))
        document.refresh_from_db()
        assert (document.state, document.errors) == (State.QUEUED, 0)
        assert document.reason == "There was no room left on the disk."
        Document.objects.update(not_before=Now())
    monkeypatch.setattr(store, "MIN_ROOM", 0)

    render_and_store(Document.objects.claim(document.pk))

    document.refresh_from_db()
    assert (document.state, document.reason) == (State.DONE, "")
