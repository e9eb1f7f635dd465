"""Order, plan and make documents, and what happens to them later."""

import subprocess
import sys
from datetime import date

import pytest
from django.db import connection

from accounts.models import AuditEntry
from documents import services, store
from documents.composing import Order
from documents.models import Batch, Document, Kind, Template
from documents.services.making import render_and_store
from jobs.models import State
from jobs.services import JobNotRetryable
from tests.factories import (
    EventFactory,
    EventSectionFactory,
    SignatoryFactory,
    TemplateFactory,
)

DAY = date(2026, 4, 23)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("files")]


def references(batch):
    return list(batch.documents.order_by("reference").values_list("reference", flat=True))


def validities(event):
    return dict(Document.objects.filter(event=event).values_list("reference", "validity"))


def test_order_in_own_language_makes_one_letter_for_each_invitation(order, invite, planned):
    batch = planned(order(invite("UY", "es"), invite("GB", "en"), invite("CH", "both")))

    assert references(batch) == ["WS-INV-CH-EN", "WS-INV-CH-ES", "WS-INV-GB-EN", "WS-INV-UY-ES"]
    assert (batch.state, batch.all, batch.waiting) == (State.DONE, 4, 4)


def test_order_for_each_chamber_makes_a_letter_for_each_of_two(order, invite, planned):
    two, one = invite("UY", chambers=("lower", "upper")), invite("SR")

    batch = planned(order(two, one, chambers=Batch.Chambers.EACH))

    assert references(batch) == ["WS-INV-SR-EN", "WS-INV-UY-LOWER-EN", "WS-INV-UY-UPPER-EN"]


def test_document_is_frozen_with_reference_code_and_address_when_planned(order, invite, settings, planned):
    settings.SITE_URL = "https://convoca.example"
    batch = planned(order(invite("UY", "es")))

    document = batch.documents.get()

    assert document.snapshot["reference"] == document.reference == "WS-INV-UY-ES"
    assert document.snapshot["verify_url"] == f"https://convoca.example/verify/{document.code}/"
    assert document.file_name == "UY-invitacion-es.pdf"


def test_planning_a_batch_twice_adds_nothing(order, invite, planned):
    batch = order(invite("UY"), invite("GB"))
    first = planned(batch)
    Batch.objects.filter(pk=batch.pk).requeue()

    again = planned(batch)

    assert references(again) == references(first)
    assert Document.objects.count() == 2


def test_rendered_document_is_stored_and_in_force(order, invite, make):
    batch = make(order(invite("UY")))

    document = batch.documents.get()

    assert (document.state, document.pages, document.validity) == (State.DONE, 1, "valid")
    assert store.path(document.file_sha256).stat().st_size == document.size


def test_same_order_while_the_first_waits_is_one_batch(order, invite):
    uruguay, britain = invite("UY"), invite("GB")

    first, again, other = order(uruguay), order(uruguay), order(britain)

    assert first == again
    assert other != first


def test_unchanged_letter_is_not_made_again(order, invite, planned, make):
    uruguay = invite("UY")
    make(order(uruguay))

    again = planned(order(uruguay))

    assert (again.all, again.done, again.waiting) == (1, 1, 0)
    assert Document.objects.count() == 1


def test_changed_letter_replaces_the_older_one_when_it_is_done(order, invite, event, planned, make):
    uruguay = invite("UY")
    make(order(uruguay))
    uruguay.name_en = "Parliament of Uruguay"
    uruguay.save()

    batch = planned(order(uruguay))
    assert validities(event) == {"WS-INV-UY-EN": "valid", "WS-INV-UY-EN/2": "valid"}
    assert list(Document.objects.current().values_list("reference", flat=True)) == ["WS-INV-UY-EN"]
    render_and_store(Document.objects.claim(batch.documents.get().pk))

    assert validities(event) == {"WS-INV-UY-EN": "replaced", "WS-INV-UY-EN/2": "valid"}
    assert Document.objects.get(validity="replaced").successor.reference == "WS-INV-UY-EN/2"


def test_going_back_to_an_earlier_letter_puts_it_in_force_again(order, invite, event, make):
    uruguay = invite("UY")
    make(order(uruguay))
    make(order(uruguay, date=date(2026, 4, 24)))

    make(order(uruguay))

    assert validities(event) == {"WS-INV-UY-EN": "valid", "WS-INV-UY-EN/2": "replaced"}


def test_older_order_finished_late_does_not_replace_the_newer(order, invite, event, planned, make):
    uruguay = invite("UY")
    older = planned(order(uruguay)).documents.get()
    make(order(uruguay, date=date(2026, 4, 24)))

    render_and_store(Document.objects.claim(older.pk))

    assert validities(event) == {"WS-INV-UY-EN": "replaced", "WS-INV-UY-EN/2": "valid"}


def test_letter_that_cannot_be_written_fails_with_its_reason_and_others_go_on(order, invite, template, make):
    good, nameless = invite("UY", "es"), invite("GB", "es")
    nameless.name_es = ""
    nameless.save()

    batch = make(order(good, nameless))

    failed = batch.documents.get(state=State.FAILED)
    assert (batch.done, batch.failed) == (1, 1)
    assert failed.subject == "GB"
    assert failed.reason == "Name is empty in Spanish: organization “Parliament of Specimen GB”."


def test_preview_counts_letters_and_names_what_cannot_be_written(invite, event):
    good, nameless = invite("UY", "both"), invite("GB", "es")
    nameless.name_es = ""
    nameless.save()

    preview = services.preview(event=event, kind="invitation", organisations=[good, nameless], date=DAY)

    assert preview.counts == {"en": 1, "es": 1}
    assert [(one.organisation, one.language) for one in preview.problems] == [(nameless, "es")]
    assert Document.objects.count() == 0


def test_order_without_template_is_refused(actor):
    with pytest.raises(services.NothingToWrite, match="Invitation letter"):
        services.order_batch(event=EventFactory(), date=DAY, actor=actor)


def test_batch_whose_template_vanished_fails_with_its_reason(order, invite, template, planned):
    batch = order(invite("UY"))
    template.delete()

    batch = planned(batch)

    assert (batch.state, batch.reason) == (
        State.FAILED,
        "The event has no template for this document: Invitation letter.",
    )


def test_retry_of_a_letter_that_could_not_be_written_writes_it_anew(order, invite, actor, make):
    uruguay = invite("UY", "es")
    name, uruguay.name_es = uruguay.name_es, ""
    uruguay.save()
    batch = make(order(uruguay))
    uruguay.name_es = name
    uruguay.save()

    services.retry(document=batch.documents.get(), actor=actor)
    batch = make(batch)

    assert (batch.all, batch.done) == (1, 1)
    assert references(batch) == ["WS-INV-UY-ES"]


def test_retry_of_a_failed_letter_puts_it_back_into_the_queue(order, invite, actor, planned):
    batch = planned(order(invite("UY")))
    Document.objects.update(state=State.FAILED, errors=3, error_code="too_long")

    services.retry_failed(batch=batch, actor=actor)

    document = batch.documents.get()
    assert (document.state, document.errors, document.error_code) == (State.QUEUED, 0, "")


def test_retry_of_a_finished_letter_is_refused(order, invite, actor, make):
    document = make(order(invite("UY"))).documents.get()

    with pytest.raises(JobNotRetryable):
        services.retry(document=document, actor=actor)


def test_cancelled_letters_are_not_made_and_can_be_ordered_again(order, invite, actor, planned, make):
    uruguay = invite("UY")
    batch = planned(order(uruguay))

    count = services.cancel(batch=batch, actor=actor)
    cancelled = Document.objects.get()
    assert (count, cancelled.state, Document.objects.claim(cancelled.pk)) == (1, State.CANCELLED, None)

    assert make(order(uruguay)).done == 1


def test_claim_lost_to_another_worker_leaves_its_result_alone(order, invite, planned):
    batch = planned(order(invite("UY")))
    mine = Document.objects.claim(batch.documents.get().pk)
    Document.objects.update(fence=mine.fence + 1)

    render_and_store(mine)

    assert Document.objects.get().state == State.RUNNING


@pytest.mark.parametrize(
    ("change", "code", "state"),
    [
        ({"body_html": "<p>\U0001f600</p>"}, "missing_glyphs", State.FAILED),
        ({"version": 99}, "unreadable", State.FAILED),
    ],
)
def test_document_that_cannot_be_rendered_fails_at_once(order, invite, change, code, state, planned):
    document = planned(order(invite("UY"))).documents.get()
    Document.objects.update(snapshot=document.snapshot | change)

    render_and_store(Document.objects.claim(document.pk))

    document.refresh_from_db()
    assert (document.state, document.error_code) == (state, code)


def test_document_without_room_on_the_disk_waits_and_says_so(order, invite, settings, planned):
    settings.FILES_ROOT = "/dev/full"
    document = planned(order(invite("UY"))).documents.get()

    render_and_store(Document.objects.claim(document.pk))

    document.refresh_from_db()
    assert (document.state, document.errors) == (State.QUEUED, 1)


def test_reason_is_in_the_language_of_who_asked(order, invite, actor, planned):
    actor.language = "es"
    actor.save()
    nameless = invite("GB", "es")
    nameless.name_es = ""
    nameless.save()

    batch = planned(order(nameless))

    assert "español" in batch.documents.get().reason


def test_void_document_is_said_to_be_void_and_can_be_made_anew(order, invite, actor, event, make):
    uruguay = invite("UY")
    document = make(order(uruguay)).documents.get()

    services.void(document=document, reason="Sent to the wrong chamber", actor=actor)
    make(order(uruguay))

    assert validities(event) == {"WS-INV-UY-EN": "void", "WS-INV-UY-EN/2": "valid"}
    assert AuditEntry.objects.about(document).filter(verb="document.voided").count() == 1


def test_document_can_be_declared_void_once(order, invite, actor, make):
    document = make(order(invite("UY"))).documents.get()
    services.void(document=document, reason="Specimen", actor=actor)

    with pytest.raises(services.NotVoidable):
        services.void(document=document, reason="Specimen", actor=actor)


def test_order_takes_as_many_queries_for_one_letter_as_for_many(order, invite, django_assert_num_queries):
    many = [invite(f"B{number}") for number in range(12)]
    order(many[0])

    for organisations in (many[1:2], many):
        with django_assert_num_queries(14):
            order(*organisations)


def test_preview_takes_as_many_queries_for_one_as_for_many(invite, event, django_assert_num_queries):
    many = [invite(f"B{number}", chambers=("lower", "upper")) for number in range(12)]
    services.preview(event=event, kind="invitation", organisations=many[:1], date=DAY)

    for organisations in (many[:1], many):
        with django_assert_num_queries(8):
            services.preview(event=event, kind="invitation", organisations=organisations, date=DAY)


def test_letter_made_alone_later_is_set_like_the_others(order, invite, template, planned):
    template.body_en = "<p>" + "Words that fill a line of a letter and more than that. " * 54 + "</p>"
    template.save()
    for number in range(4):
        invite(f"A{number}", chambers=("lower", "upper"))
    alone = invite("UY")

    step = planned(order(alone)).documents.get().snapshot["step"]
    everybody = [invitation.organisation for invitation in template.event.invitations.all()]
    together = planned(order(*everybody)).documents.values_list("snapshot__step", flat=True)

    assert step > 0
    assert set(together) == {step}
    assert Document.objects.filter(subject="UY").count() == 1


def test_letter_too_long_for_one_page_is_not_made_small(order, invite, template, make):
    template.body_en = "<p>" + "Words that fill a line of a letter and more than that. " * 200 + "</p>"
    template.save()

    document = make(order(invite("UY"))).documents.get()

    assert (document.snapshot["step"], document.pages) == (0, 3)


def test_collective_letter_is_made_once_for_the_event(order, event, make):
    template = TemplateFactory(
        event=event,
        kind=Template.Kind.COLLECTIVE,
        addressee_en="To all Groups",
        addressee_es="A todos los Grupos",
        body_en="<p>Specimen</p>",
        body_es="<p>Muestra</p>",
    )
    SignatoryFactory(template=template)

    batch = make(order(kind=Document.Kind.COLLECTIVE, languages=Batch.Languages.BOTH))

    assert references(batch) == ["WS-COL-EN", "WS-COL-ES"]
    assert [document.file_name for document in batch.documents.order_by("language")] == [
        "collective-en.pdf",
        "carta-colectiva-es.pdf",
    ]


@pytest.mark.parametrize(("sections", "set_at"), [(1, (0, 1)), (12, (2, 1)), (16, (0, 2))])
def test_aide_memoire_is_made_small_where_that_saves_a_page(event, order, make, sections, set_at):
    EventSectionFactory.create_batch(sections, event=event)

    document = make(order(kind=Kind.AIDE_MEMOIRE, languages="both")).documents.first()

    assert (document.snapshot["step"], document.pages) == set_at


def test_aide_memoire_asked_for_on_another_day_is_the_same(event, order, make):
    EventSectionFactory(event=event)
    made = [
        make(order(kind=Kind.AIDE_MEMOIRE, languages="both", date=day)) for day in (DAY, date(2026, 5, 1))
    ]

    assert references(made[0]) == references(made[1]) == ["WS-AM-EN", "WS-AM-ES"]
    assert Document.objects.current().count() == 2


def test_batch_waiting_for_more_than_a_minute_is_stalled(order, invite, planned):
    batch = planned(order(invite("UY")))
    assert not batch.is_stalled

    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET not_before = now() - interval '2 minutes'")

    assert batch.is_stalled


def test_web_server_does_not_load_the_renderer():
    asked = (
        "import sys, django; django.setup(); import config.urls;"
        "print([name for name in ('weasyprint', 'pikepdf') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.parametrize(("asked", "languages"), [("own", ["en", "es"]), ("es", ["es"])])
def test_languages_of_a_whole_event_are_both_unless_one_is_asked(db, asked, languages):
    assert Order(EventFactory(), Kind.AIDE_MEMOIRE, DAY, asked).languages_for() == languages
