"""The page of an order: progress, errors, and downloads."""

import io
import zipfile

import pytest

from documents import store
from documents.models import Batch, Document, MergedFile
from documents.services.merging import merge
from jobs.models import State
from tests.factories import EventMemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("files")]


def test_batch_shows_progress_and_asks_again_while_it_is_busy(client, organiser, order, invite, planned):
    batch = planned(order(invite("UY")))

    page = client.get(batch.get_absolute_url()).content.decode()
    piece = client.get(
        f"{batch.get_absolute_url()}progress/", headers={"HX-Request": "true"}
    ).content.decode()

    for shown in (page, piece):
        assert "0 of 1 done" in shown
        assert 'hx-trigger="every 3s"' in shown
    assert "Refresh" in page
    assert 'id="documents"' not in piece


def test_finished_batch_stops_asking_and_brings_its_documents(client, organiser, order, invite, make):
    batch = make(order(invite("UY")))

    piece = client.get(
        f"{batch.get_absolute_url()}progress/", headers={"HX-Request": "true"}
    ).content.decode()

    assert "hx-trigger" not in piece
    assert '<div id="documents" hx-swap-oob="true">' in piece
    assert "WS-INV-UY-EN" in piece


def test_batch_that_waits_for_the_engine_says_that_nothing_is_lost(client, organiser, order, invite):
    batch = order(invite("UY"))
    Batch.objects.update(not_before="2020-01-01T00:00Z")

    page = client.get(batch.get_absolute_url()).content.decode()

    assert "They will be made when it is back" in page


def test_failed_letter_is_shown_with_its_reason_and_can_be_tried_again(
    client, organiser, order, invite, planned
):
    batch = planned(order(invite("UY")))
    Document.objects.update(state=State.FAILED, error_code="too_long")
    document = Document.objects.get()

    page = client.get(batch.get_absolute_url()).content.decode()
    client.post(f"{batch.get_absolute_url()}retry/{document.pk}/")

    assert "It took too long and was stopped." in page
    document.refresh_from_db()
    assert document.state == State.QUEUED


def test_all_failed_letters_are_tried_again_by_one_button(client, organiser, order, invite, planned):
    batch = planned(order(invite("UY"), invite("CL")))
    Document.objects.update(state=State.FAILED)

    client.post(f"{batch.get_absolute_url()}retry/")

    assert Document.objects.filter(state=State.QUEUED).count() == 2


def test_what_has_not_begun_can_be_cancelled(client, organiser, order, invite, planned):
    batch = planned(order(invite("UY")))

    page = client.post(f"{batch.get_absolute_url()}cancel/", follow=True).content.decode()

    assert Document.objects.get().state == State.CANCELLED
    assert "1 document will not be made." in page
    assert "1 document was cancelled." in page


def test_archive_of_a_batch_comes_as_a_stream(client, organiser, order, invite, make):
    batch = make(order(invite("UY", "es")))

    response = client.get(f"{batch.get_absolute_url()}zip/")

    assert response.streaming
    assert response["Content-Disposition"] == f'attachment; filename="workshop-invitation-{batch.pk}.zip"'
    assert zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist() == [
        "UY-invitacion-es.pdf"
    ]


def test_files_of_an_order_are_named_in_the_language_of_the_reader(client, organiser, order, invite, make):
    batch = make(order(invite("UY", "es"), invite("GB")))

    response = client.get(batch.get_absolute_url().replace("/en/", "/es/") + "zip/")

    assert response["Content-Disposition"] == f'attachment; filename="workshop-invitacion-{batch.pk}.zip"'
    names = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist()
    assert names == ["GB-invitation-en.pdf", "UY-invitacion-es.pdf"]


def test_archive_that_lacks_a_file_is_refused_in_words_and_the_file_is_made_again(
    client, organiser, order, invite, make, sent_tasks
):
    batch = make(order(invite("UY"), invite("CL")))
    lost = batch.documents.get(subject="UY")
    store.path(lost.file_sha256).unlink()

    with sent_tasks() as tasks:
        answers = [
            client.get(f"{batch.get_absolute_url()}zip/", follow=True),
            client.post(f"{batch.get_absolute_url()}merged/", follow=True),
        ]

    for answer in answers:
        assert [str(message) for message in answer.context["messages"]] == [
            "1 file is missing from the store and is being made again: WS-INV-UY-EN. Try again in a minute; "
            "if it is still missing, declare the document void and order it again."
        ]
    assert tasks == [("documents.restore", lost.pk)] * 2
    assert not MergedFile.objects.exists()


def test_archive_of_a_batch_without_documents_is_not_found(client, organiser, order, invite):
    assert client.get(f"{order(invite('UY')).get_absolute_url()}zip/").status_code == 404


def test_merged_file_is_made_as_a_job_and_then_handed_out(client, organiser, order, invite, make):
    batch = make(order(invite("UY")))
    url = f"{batch.get_absolute_url()}merged/"
    assert client.get(url).status_code == 404

    client.post(url)
    merge(type(batch.merged).objects.claim(batch.merged.pk))

    assert b"".join(client.get(url).streaming_content)[:5] == b"%PDF-"
    assert "Download for printing" in client.get(batch.get_absolute_url()).content.decode()

    batch.merged.refresh_from_db()
    store.path(batch.merged.file_sha256).unlink()
    assert "Merge into one file" in client.get(batch.get_absolute_url()).content.decode()


def test_batch_of_another_event_is_not_found_below_this_one(client, organiser, order, invite):
    batch = order(invite("UY"))
    EventMemberFactory(event__slug="other", user=organiser)

    page = client.get(batch.get_absolute_url().replace("workshop", "other"))

    assert page.status_code == 404
