"""Download all documents of an order: as a ZIP, and as one file for the printer."""

import io
import zipfile
from datetime import date

import pikepdf
import pytest

from documents import services, store
from documents.models import Document
from documents.services.merging import merge
from jobs.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_archive_holds_each_document_under_its_name(order, invite, make):
    batch = make(order(invite("UY", "es"), invite("GB")))

    parts = list(services.archive(batch.ready_documents))

    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as file:
        assert file.testzip() is None
        assert file.namelist() == ["GB-invitation-en.pdf", "UY-invitacion-es.pdf"]
        assert {member.compress_type for member in file.infolist()} == {zipfile.ZIP_STORED}
    assert len(parts) == 3


def test_archive_reads_no_words_of_its_documents(order, invite, make, django_assert_num_queries):
    batch = make(order(invite("UY", "es"), invite("GB")))

    with django_assert_num_queries(1) as queries:
        list(services.archive(list(batch.ready_documents)))

    assert "snapshot" not in queries[0]["sql"]


def test_archive_numbers_files_of_the_same_name(order, invite, make):
    uruguay = invite("UY")
    make(order(uruguay))
    make(order(uruguay, date=date(2026, 4, 24)))

    parts = b"".join(services.archive(Document.objects.done().order_by("pk")))

    names = zipfile.ZipFile(io.BytesIO(parts)).namelist()
    assert names == ["UY-invitation-en.pdf", "UY-invitation-en-2.pdf"]


def test_merged_file_holds_all_pages_and_is_made_anew_when_there_are_more(order, invite, actor, make):
    batch = make(order(invite("UY"), invite("GB")))

    merged = services.order_merged(batch=batch, actor=actor)
    merge(type(merged).objects.claim(merged.pk))
    merged.refresh_from_db()

    with pikepdf.open(store.path(merged.file_sha256)) as pdf:
        assert len(pdf.pages) == merged.pages == 2
    assert merged.is_current
    assert services.order_merged(batch=batch, actor=actor).state == State.DONE
    services.void(document=batch.documents.first(), reason="Specimen", actor=actor)
    assert not merged.is_current
    assert services.order_merged(batch=batch, actor=actor).state == State.QUEUED
