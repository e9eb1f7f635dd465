"""The desk for documents, and downloads."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Batch, Document, Template
from documents.views import desk
from jobs.models import State
from tests.documents.badge_samples import order_badges
from tests.factories import (
    AgendaItemFactory,
    BatchFactory,
    DelegationFactory,
    EventMemberFactory,
    EventSectionFactory,
    SessionFactory,
    SignatoryFactory,
    TemplateFactory,
    UserFactory,
)

DESK = "/en/desk/events/workshop/documents/"

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("files")]


def choice(**changes):
    """Return the data that the form of a letter order sends."""
    asked = {"which": "all", "languages": "own", "chambers": "together", "date": "2026-04-23"}
    return asked | changes


def test_desk_counts_who_is_invited_and_has_no_letter(client, organiser, invite, order, planned):
    planned(order(invite("UY")))
    invite("GB")

    page = client.get(DESK)

    assert page.context["groups"][0].rows[0].facts == ["2 invited", "1 without a letter"]


def test_desk_of_an_event_without_template_says_who_writes_it(client, organiser, template, invite):
    invite("UY")
    template.delete()

    page = client.get(DESK)

    assert "There is no template yet" in page.content.decode()
    assert reverse("documents:order", args=["workshop"]) not in page.content.decode()


def test_desk_says_what_each_kind_lacks_and_offers_the_others(client, organiser, event):
    SessionFactory(event=event)

    rows = {row.kind: row for group in client.get(DESK).context["groups"] for row in group.rows}

    assert [
        rows[kind].why_not_ready for kind in ("aide-memoire", "programme", "agenda", "practical-note")
    ] == [
        "",
        "",
        "The event has no agenda items yet.",
        "No section of the event is meant for the practical information note yet.",
    ]


def test_desk_of_an_event_that_is_off_keeps_its_letters_and_offers_no_others(
    client, organiser, event, invite, order, make
):
    make(order(invite("UY")))
    event.status = "cancelled"
    event.save()

    rows = {row.kind: row for group in client.get(DESK).context["groups"] for row in group.rows}

    assert (rows["invitation"].made, rows["invitation"].why_not_now) == (
        1,
        "The event is cancelled or postponed: nobody is invited to it.",
    )
    assert rows["programme"].why_not_now == ""


def test_desk_shows_what_there_is_and_what_failed(client, organiser, event, order, planned, make):
    SessionFactory(event=event, title_es="")
    make(order(kind=Document.Kind.PROGRAMME, languages="both"))

    page = client.get(DESK)

    row = next(row for group in page.context["groups"] for row in group.rows if row.kind == "programme")
    assert [one.language for one in row.documents] == ["en"]
    assert (row.made, row.latest, row.trouble.failed) == (1, date(2026, 4, 23), 1)
    assert "Make again" in page.content.decode()
    assert "See what failed" in page.content.decode()


def test_desk_leads_to_the_latest_sheets_of_badges_and_lists_none(client, officer, event, planned):
    batches = [planned(order_badges(event, officer, blanks=number)) for number in (1, 2)]

    page = client.get(DESK)

    row = next(row for group in page.context["groups"] for row in group.rows if row.kind == "badges")
    assert (row.waiting, row.documents, row.batch) == (2, [], batches[1])
    assert row.facts == ["0 valid badges", "0 without a badge"]
    assert f'<a href="{batches[1].get_absolute_url()}">the latest order' in page.content.decode()


def test_desk_pages_through_the_orders(client, organiser, event, monkeypatch):
    monkeypatch.setattr(desk, "PER_PAGE", 2)
    batches = BatchFactory.create_batch(3, event=event)

    assert list(client.get(DESK).context["batches"]) == [batches[2], batches[1]]
    assert list(client.get(DESK, {"page": 2}).context["batches"]) == [batches[0]]


def test_desk_takes_as_many_queries_for_one_order_as_for_many(
    client, organiser, order, invite, django_assert_num_queries
):
    order(invite("B0"))
    client.get(DESK)
    with CaptureQueriesContext(connection) as for_one:
        client.get(DESK)
    for number in range(1, 4):
        order(invite(f"B{number}"))

    with django_assert_num_queries(len(for_one)):
        client.get(DESK)


@pytest.mark.parametrize(("which", "codes"), [("all", ["CL", "UY"]), ("without", ["CL"]), ("picked", ["UY"])])
def test_order_goes_to_those_who_were_chosen(client, organiser, invite, order, planned, which, codes):
    planned(order(invite("UY")))
    invite("CL")

    response = client.post(f"{DESK}letters/", choice(which=which, picked=["UY"]))

    batch = Batch.objects.first()
    assert sorted(batch.organisations.values_list("code", flat=True)) == codes
    assert response.url == batch.get_absolute_url()
    assert (batch.requested_by, batch.date, batch.state) == (organiser, date(2026, 4, 23), State.QUEUED)


def test_check_shows_how_many_letters_an_order_makes_and_makes_none(client, organiser, invite):
    invite("UY", "both")
    invite("CL", "es")

    page = client.get(f"{DESK}letters/", choice(check="1"))

    assert page.context["preview"].counts == {"es": 2, "en": 1}
    assert Batch.objects.count() == 0


def test_check_names_what_cannot_be_written_for_whom(client, organiser, template, invite):
    template.body_es = "<p>Antes del {deadline}</p>"
    template.save()
    invite("UY", "both")

    page = client.get(f"{DESK}letters/", choice(check="1")).content.decode()

    assert "{deadline} has no value." in page
    assert "Parliament of Specimen UY (Spanish)" in page
    assert "Make 1 document" in page


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"which": "picked"}, "q", "Choose at least one parliament or body: find it, then tick it."),
        ({"which": "without"}, "which", "There is nobody to write to here."),
        ({"date": "2026-02-30"}, "date", "Enter a valid date."),
        (
            {"picked": ["XX"], "which": "picked"},
            "picked",
            "Select a valid choice. XX is not one of the available",
        ),
    ],
)
def test_order_that_makes_no_sense_is_refused_in_words(
    client, organiser, invite, order, planned, changes, field, error
):
    planned(order(invite("UY")))

    page = client.post(f"{DESK}letters/", choice(**changes))

    assert page.context["form"].errors[field][0].startswith(error)
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("words", ["urug", "URÚG", "uy", "specimen uy"])
def test_search_finds_a_parliament_by_part_of_a_name_or_code(client, organiser, invite, words):
    uruguay, chile = invite("UY"), invite("CL")
    uruguay.country_es = "Uruguay"
    uruguay.save()

    page = client.get(f"{DESK}letters/", {"q": words, "picked": ["CL"]})

    assert page.context["form"].shown == [("CL", chile, True), ("UY", uruguay, False)]


def test_collective_letter_and_aide_memoire_are_ordered_for_the_event(client, organiser, event):
    template = TemplateFactory(event=event, kind=Template.Kind.COLLECTIVE)
    SignatoryFactory(template=template)

    client.post(f"{DESK}collective-letter/", {"languages": "es", "date": "2026-04-23"})
    client.post(f"{DESK}aide-memoire/", {"languages": "both"})

    assert list(Batch.objects.order_by("pk").values_list("kind", "languages")) == [
        ("collective", "es"),
        ("aide-memoire", "both"),
    ]


@pytest.mark.parametrize(
    ("page", "sent", "options"),
    [
        ("programme", {"final": "on"}, {"panellists": False, "final": True}),
        ("programme", {"panellists": "on"}, {"panellists": True, "final": False}),
        ("agenda", {"annotated": "on"}, {"annotated": True, "final": False}),
        ("practical-note", {}, {}),
    ],
)
def test_options_of_a_kind_go_with_the_order(client, organiser, event, page, sent, options):
    SessionFactory(event=event)
    AgendaItemFactory(event=event)
    EventSectionFactory(event=event, in_practical_note=True)

    checked = client.get(f"{DESK}{page}/", {"languages": "es", "check": "1"} | sent)
    client.post(f"{DESK}{page}/", hidden(checked))

    batch = Batch.objects.get()
    assert (batch.kind, batch.languages, batch.options) == (page, "es", options)


def hidden(response):
    """Return the data that the confirmation of a checked order sends."""
    form = response.context["confirmation"]
    return {field.html_name: field.value() for field in form}


def test_letters_cannot_be_ordered_without_a_template(client, organiser, template, invite):
    invite("UY")
    template.delete()

    page = client.post(f"{DESK}letters/", choice())

    assert page.context["form"].non_field_errors() == [
        "The event has no template for this document: Invitation letter."
    ]


def content(response):
    """Return the bytes of the response. Reading a stream to its end also closes it."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_document_is_sent_as_a_private_file_under_its_name(client, organiser, order, invite, make):
    document = make(order(invite("UY", "es"))).documents.get()

    response = client.get(document.get_absolute_url())

    assert content(response)[:5] == b"%PDF-"
    assert response["Content-Disposition"] == 'attachment; filename="UY-invitacion-es.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_document_is_left_to_the_web_server_where_one_is_told_the_folder(
    client, organiser, order, invite, make, settings
):
    settings.ACCEL_LOCATION = "/private/"
    document = make(order(invite("UY"))).documents.get()

    response = client.get(document.get_absolute_url())

    sha256 = document.file_sha256
    assert response["X-Accel-Redirect"] == f"/private/documents/{sha256[:2]}/{sha256}"
    assert response.content == b""


def test_document_that_is_not_made_yet_is_not_found(client, organiser, order, invite, planned):
    document = planned(order(invite("UY"))).documents.get()

    assert client.get(document.get_absolute_url()).status_code == 404


def test_coordinator_may_have_the_current_documents_of_their_delegation(client, event, order, invite, make):
    uruguay, chile = invite("UY"), invite("CL")
    coordinator = DelegationFactory(event=event, organisation=uruguay, coordinators=[UserFactory()])
    make(order(uruguay))
    make(order(uruguay, chile, date=date(2026, 4, 24)))
    make(order(kind=Document.Kind.AIDE_MEMOIRE, languages="en"))
    user = coordinator.coordinators.get()
    client.force_login(user)

    files = [
        document.reference
        for document in Document.objects.order_by("reference")
        if content(client.get(document.get_absolute_url())).startswith(b"%PDF-")
    ]

    assert files == ["WS-AM-EN", "WS-INV-UY-EN/2"]


def addresses(batch):
    document = batch.documents.first()
    desk, page = DESK, batch.get_absolute_url()
    reads = [desk, f"{desk}letters/", f"{desk}collective-letter/", f"{desk}aide-memoire/", page]
    reads += [f"{page}progress/", f"{page}zip/", f"{page}merged/", document.get_absolute_url()]
    writes = [f"{desk}letters/", f"{desk}collective-letter/", f"{desk}aide-memoire/", f"{page}merged/"]
    writes += [f"{page}retry/", f"{page}retry/{document.pk}/", f"{page}cancel/"]
    return [("get", address) for address in reads] + [("post", address) for address in writes]


def test_stranger_finds_nothing_at_any_address_of_the_desk(client, order, invite, make):
    batch = make(order(invite("UY")))
    client.force_login(EventMemberFactory().user)

    answers = {
        (method, address): getattr(client, method)(address).status_code
        for method, address in addresses(batch)
    }

    assert set(answers.values()) == {404}
    assert (Batch.objects.count(), Document.objects.get().state) == (1, State.DONE)


def test_visitor_is_asked_to_sign_in_at_every_address_of_the_desk(client, order, invite, make):
    batch = make(order(invite("UY")))
    existing = [
        *addresses(batch),
        ("get", "/en/desk/events/nothing/documents/"),
        ("get", "/en/desk/documents/0/"),
    ]

    for method, address in existing:
        response = getattr(client, method)(address)
        assert response.url == f"/en/account/login/?next={address}"
