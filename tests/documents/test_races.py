"""Several people and workers act at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from accounts.models import AuditEntry
from documents import services
from documents.models import Batch, Document
from documents.services.making import render_and_store
from documents.services.planning import plan
from events.models import Event, Organisation
from jobs.models import State
from tests.factories import SessionFactory
from tests.race import at_once, in_own_connection, until_somebody_waits

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("files"),
    pytest.mark.slow,
]

TIMES = 20


def test_order_sent_twenty_times_at_once_is_one_batch(order, invite):
    uruguay = invite("UY")

    batches = at_once(TIMES, lambda: order(uruguay).pk)

    assert set(batches) == {Batch.objects.get().pk}


def test_same_letters_planned_by_workers_at_once_are_written_once(order, invite):
    letters = [invite(code) for code in ("CL", "GB", "UY")]
    first = order(*letters)
    Batch.objects.update(state=State.RUNNING)
    second = order(*letters, languages=Batch.Languages.EN)
    Batch.objects.update(state=State.QUEUED)
    claims = iter([Batch.objects.claim(batch.pk) for batch in (first, second)])

    at_once(2, lambda: plan(next(claims)))

    assert [batch.state for batch in Batch.objects.all()] == [State.DONE, State.DONE]
    assert [batch.documents.count() for batch in Batch.objects.all()] == [3, 3]
    assert sorted(Document.objects.values_list("reference", flat=True)) == [
        "WS-INV-CL-EN",
        "WS-INV-GB-EN",
        "WS-INV-UY-EN",
    ]


def test_document_voided_twenty_times_at_once_is_voided_once(order, invite, make, actor):
    document = make(order(invite("UY"))).documents.get()

    def void():
        services.void(document=document, reason="Specimen", actor=actor)

    answers = at_once(TIMES, void, services.NotVoidable)

    assert answers.count(None) == 1
    assert AuditEntry.objects.filter(verb="document.voided").count() == 1


def test_failed_letters_tried_again_twenty_times_at_once_are_queued_once(order, invite, make, actor):
    batch = make(order(*(invite(code) for code in ("CL", "GB", "UY"))))
    Document.objects.update(state=State.FAILED)

    answers = at_once(TIMES, lambda: services.retry_failed(batch=batch, actor=actor))

    assert answers == [None] * TIMES
    assert [document.state for document in batch.documents.all()] == [State.QUEUED] * len(
        batch.documents.all()
    )
    assert AuditEntry.objects.filter(verb="job.retried").count() == batch.documents.count()


def test_batch_cancelled_twenty_times_at_once_is_cancelled_once(order, invite, actor):
    batch = order(invite("UY"))

    at_once(TIMES, lambda: services.cancel(batch=batch, actor=actor))

    assert Batch.objects.get().state == State.CANCELLED
    assert AuditEntry.objects.filter(verb="batch.cancelled").count() == 1


def test_merged_file_asked_for_twenty_times_at_once_is_one_job(order, invite, make, actor):
    batch = make(order(invite("UY")))

    jobs = at_once(TIMES, lambda: services.order_merged(batch=batch, actor=actor).pk)

    assert len(set(jobs)) == 1
    assert AuditEntry.objects.filter(verb="batch.merge_ordered").count() == 1


def test_document_published_and_declared_void_at_once_is_not_on_the_page(
    event, order, make, actor, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    SessionFactory(event=event)
    make(order(kind=Document.Kind.PROGRAMME, languages="es"))
    document = Document.objects.get()
    acts = iter(
        [
            lambda: services.publish(event=event, kind="programme", actor=actor),
            lambda: services.void(document=document, reason="Specimen", actor=actor),
        ]
    )

    at_once(2, lambda: next(acts)(), services.NotPublishable)

    document.refresh_from_db()
    assert (document.validity, event.attachments.count()) == (Document.Validity.VOID, 0)


def test_earlier_version_declared_void_while_the_new_one_is_published_leaves_the_new_one_on_the_page(
    event, order, make, actor, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    SessionFactory(event=event)
    earlier = make(order(kind=Document.Kind.PROGRAMME, languages="es")).documents.get()
    services.publish(event=event, kind="programme", actor=actor)
    newer = make(order(kind=Document.Kind.PROGRAMME, languages="es", options={"final": True})).documents.get()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.void(document=earlier, reason="Specimen", actor=actor)
            publishing = pool.submit(
                in_own_connection, services.publish, event=event, kind="programme", actor=actor
            )
            until_somebody_waits()
        publishing.result()

    newer.refresh_from_db()
    assert list(event.attachments.values_list("document", "checksum")) == [(newer.pk, newer.file_sha256)]


def test_version_finished_while_an_older_one_is_put_in_force_replaces_it(event, order, invite, planned):
    uruguay = invite("UY")
    older = planned(order(uruguay)).documents.get()
    Organisation.objects.filter(pk=uruguay.pk).update(name_en="Parliament of Uruguay, renamed")
    newer = planned(order(uruguay)).documents.exclude(pk=older.pk).get()
    newer = Document.objects.claim(newer.pk)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Event.objects.select_for_update(no_key=True).get(pk=event.pk)
            finishing = pool.submit(in_own_connection, render_and_store, newer)
            until_somebody_waits()
            render_and_store(Document.objects.claim(older.pk))
        finishing.result()

    assert list(Document.objects.order_by("pk").values_list("validity", flat=True)) == ["replaced", "valid"]
