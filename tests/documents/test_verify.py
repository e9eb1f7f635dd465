"""The public verification of documents, and the codes that visitors type."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from documents import copies, services
from documents.codes import ALPHABET, new_code, normalise, reference
from documents.lookups import find_by_code as find
from documents.lookups import lookups
from documents.models import Document, Kind
from events.models import Event, Organisation
from tests.documents import issuing
from tests.documents.people_samples import confirmed_head, document_about, invited_delegation, montevideo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

UNKNOWN = "0000-0000-0000-0000"


def look_up(client, code):
    return client.get(reverse("verify-code", args=[code]))


def test_new_code_is_four_groups_of_four_without_signs_that_are_misread():
    code = new_code()

    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert set(code) - {"-"} <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "7QK2-9M4X-01BC-W15H",
        "7qk2-9m4x-01bc-w15h",
        "7QK29M4X01BCW15H",
        " 7QK2 9M4X 01BC W15H ",
        "7QK2–9M4X–O1BC–WI5H",
        "7qk2.9m4x.olbc.wl5h",
    ],
)
def test_code_is_understood_however_it_is_typed(typed):
    assert normalise(typed) == "7QK2-9M4X-01BC-W15H"


@pytest.mark.parametrize(
    "typed", ["", "7QK2", "7QK2-9M4X-01BC-W15", "UUUU-UUUU-UUUU-UUUU", "é" * 16, "٣" * 16]
)
def test_what_is_no_code_is_no_code(typed):
    assert normalise(typed) == ""


@pytest.mark.slow
@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_nothing(typed):
    assert normalise(typed) in {"", normalise(normalise(typed))}


def test_reference_names_event_kind_subject_language_and_version():
    assert reference("invitation", "EPARL-2021", "UY", "es", 1) == "EPARL-2021-INV-UY-ES"
    assert reference("invitation", "EPARL-2021", "UY-upper", "es", 2) == "EPARL-2021-INV-UY-UPPER-ES/2"
    assert reference("aide-memoire", "EPARL-2021", "", "en", 1) == "EPARL-2021-AM-EN"


def test_valid_letter_is_certified_in_both_languages(client, order, invite, make):
    document = make(order(invite("UY", "es"))).documents.get()

    response = look_up(client, document.code)

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("WS-INV-UY-ES") == 2
    assert page.count("Parlamento de Muestra UY") == 2
    assert "Specimen Workshop" in page
    assert "Taller de Muestra" in page
    assert '<section class="stack" lang="en">' in page
    assert '<section class="stack" lang="es">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_letter_to_one_chamber_is_certified_for_that_chamber(client, order, invite, make):
    batch = make(order(invite("UY", "es", chambers=("lower", "upper")), chambers="each"))

    page = look_up(client, batch.documents.get(subject="UY-upper").code).content.decode()

    assert '<span lang="es">Parlamento de Muestra UY</span> (upper chamber)' in page


def test_verification_shows_no_person_and_no_file(client, order, invite, make):
    uruguay = invite("UY")
    uruguay.parliament.presiding_officers.update(name="Muestra Uno")
    document = make(order(uruguay)).documents.get()
    assert "Muestra Uno" in document.snapshot["addressee_lines"]

    page = look_up(client, document.code).content.decode()

    assert "Muestra Uno" not in page
    assert document.get_absolute_url() not in page
    assert document.file_sha256 not in page


def test_replaced_letter_names_its_successor(client, order, invite, make):
    uruguay = invite("UY")
    make(order(uruguay))
    make(order(uruguay, date=date(2026, 5, 1)))

    page = look_up(client, Document.objects.get(validity="replaced").code).content.decode()

    assert "Genuine, but replaced" in page
    assert 'WS-INV-UY-EN/2, <time datetime="2026-05-01">' in page


def test_void_letter_is_said_to_be_void_without_the_reason(client, order, invite, make, actor):
    document = make(order(invite("UY"))).documents.get()
    services.void(document=document, reason="An internal matter", actor=actor)

    page = look_up(client, document.code).content.decode()

    assert "has been declared void" in page
    assert "internal matter" not in page


def test_specimen_is_said_to_be_one(client, order, invite, make, settings):
    settings.SPECIMEN = True
    document = make(order(invite("UY"))).documents.get()

    assert "It was made for demonstration" in look_up(client, document.code).content.decode()


@pytest.mark.parametrize("code", [UNKNOWN, "7QK2", "<script>", "%00", "é"])
def test_unknown_code_has_one_answer(client, code):
    response = look_up(client, code)

    assert response.status_code == 404
    assert "No document has this code" in response.content.decode()


def test_letter_that_is_not_made_yet_is_unknown(client, order, invite, planned):
    document = planned(order(invite("UY"))).documents.get()

    assert look_up(client, document.code).status_code == 404


def test_form_leads_to_the_address_that_is_printed(client, order, invite, make):
    document = make(order(invite("UY"))).documents.get()

    response = client.get(reverse("verify"), {"code": document.code.lower().replace("-", " ")})

    assert response.url == f"/verify/{document.code}/"


def test_form_sent_empty_says_what_it_lacks_in_both_languages(client):
    page = client.get(reverse("verify"), {"code": " "}).content.decode()

    assert "Enter the code of the document." in page
    assert "Introduzca el código del documento." in page


def test_form_not_yet_sent_lacks_nothing(client):
    assert 'class="error"' not in client.get(reverse("verify")).content.decode()


def test_form_with_nonsense_leads_to_the_answer_for_unknown_codes(client):
    response = client.get(reverse("verify"), {"code": "../admin/"}, follow=True)

    assert response.status_code == 404
    assert "No document has this code" in response.content.decode()


def test_look_ups_are_limited_for_each_address(client, settings):
    settings.VERIFY_LIMIT = (3, 600)

    answers = [look_up(client, UNKNOWN).status_code for _ in range(4)]
    other = client.get(reverse("verify-code", args=[UNKNOWN]), REMOTE_ADDR="192.0.2.7").status_code

    assert answers == [404, 404, 404, 429]
    assert other == 404


def test_look_ups_are_limited_for_each_network_of_ipv6(client, settings):
    settings.VERIFY_LIMIT = (2, 600)

    def asked_from(address):
        return client.get(reverse("verify-code", args=[UNKNOWN]), REMOTE_ADDR=address).status_code

    assert [asked_from(f"2001:db8::{host}") for host in range(3)] == [404, 404, 429]
    assert asked_from("2001:db8:0:1::") == 404
    assert [asked_from(f"::ffff:192.0.2.{host}") for host in range(3)] == [404] * 3


def test_code_is_not_looked_up_by_post(client):
    assert client.post(reverse("verify-code", args=[UNKNOWN])).status_code == 405


def compare(client, code, content=None, name="copy.pdf"):
    """Upload a copy with this content. Return the response."""
    sent = {"copy": SimpleUploadedFile(name, content)} if content is not None else {}
    return client.post(reverse("verify-copy", args=[code]), sent)


@pytest.fixture
def letter():
    delegation = invited_delegation(montevideo())
    person = confirmed_head(delegation)
    return document_about(
        delegation, Kind.VISA_LETTER, person, file_sha256=sha256(b"%PDF issued").hexdigest()
    )


@pytest.mark.parametrize(("subject", "chamber"), [("UY", ""), ("UY-lower", "lower chamber")])
def test_letter_is_verified_though_the_code_of_the_parliament_was_changed(client, subject, chamber):
    invitation, _letter = issuing.invite_with_letter(montevideo(), "UY", letter=False)
    letter = issuing.letter_for(invitation, "en", subject=subject)
    Organisation.objects.filter(pk=invitation.organisation_id).update(code="URY")

    page = look_up(client, letter.code)

    assert (page.status_code, page.context["document"].chamber) == (200, chamber)


def test_very_file_is_recognised_in_both_languages(client, letter):
    page = compare(client, letter.code, b"%PDF issued").content.decode()

    verdicts = ("This is the very file", "Es exactamente el mismo archivo")
    assert [page.count(words) for words in verdicts] == [1, 1]
    assert "Genuine and valid" in page


@pytest.mark.parametrize("content", [b"%PDF issued ", b"%PDF", b"\x00" * 100_000])
def test_other_file_is_told_from_the_one_that_was_issued(client, letter, content):
    page = compare(client, letter.code, content).content.decode()

    assert ("Not the file that was issued" in page, "This is the very file" in page) == (True, False)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "Choose the file of your copy."),
        (b"", "This file is empty: it is not one of ours."),
        (b"0" * (copies.MAX_SIZE + 1), "This file is larger than 10 MB: it is not one of ours."),
    ],
    ids=["none", "empty", "too large"],
)
def test_comparison_without_a_copy_of_any_use_says_what_is_wrong(client, letter, content, words):
    page = compare(client, letter.code, content).content.decode()

    assert (words in page, "Not the file that was issued" in page) == (True, False)


def test_copy_that_is_too_large_is_read_to_its_end_so_that_the_browser_reads_the_answer(client, letter):
    answer = compare(client, letter.code, b"0" * (copies.MAX_SIZE + 1))

    assert answer.wsgi_request.read() == b""


def test_copy_is_hashed_in_pieces_and_nothing_of_it_is_kept(letter, monkeypatch):
    monkeypatch.setattr(copies, "MAX_SIZE", 1000)
    handler = copies.Fingerprint()
    handler.new_file("copy", "copy.pdf", "application/pdf", None)

    assert handler.receive_data_chunk(b"%PDF ", 0) is None
    assert handler.receive_data_chunk(b"issued", 5) is None
    made = handler.file_complete(11)
    assert (made.name, made.read()) == (letter.file_sha256, b"")
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"0" * 990, 11)


def test_copy_under_an_unknown_code_gets_the_answer_of_every_unknown_code(client, letter):
    answer = compare(client, UNKNOWN, b"%PDF issued")

    assert answer.status_code == 404
    assert "No document has this code" in answer.content.decode()


def test_comparisons_are_limited_for_each_address(client, letter, settings):
    settings.VERIFY_COPY_LIMIT = (2, 600)

    assert [compare(client, letter.code, b"%PDF").status_code for _ in range(3)] == [200, 200, 429]


def test_letter_about_a_person_shows_initials_and_country_alone(client, letter):
    page = look_up(client, letter.code).content.decode()

    assert page.count("A. M., Uruguay") == 2
    assert [name in page for name in ("Ana", "Muestra, ", "C123456")] == [False] * 3


@pytest.mark.parametrize(
    ("status", "words"),
    [("cancelled", "The event is cancelled"), ("postponed", "The event is postponed")],
)
def test_event_that_is_off_is_said_in_words(client, letter, status, words):
    Event.objects.filter(pk=letter.event_id).update(status=status)

    assert words in look_up(client, letter.code).content.decode()


def test_known_and_unknown_codes_are_asked_with_the_same_effort(client, letter, django_assert_num_queries):
    with django_assert_num_queries(len(lookups)):
        assert find(UNKNOWN) is None
    with django_assert_num_queries(len(lookups)):
        assert find(letter.code).context == {"document": letter}
    with django_assert_num_queries(len(lookups)):
        assert find("nonsense") is None
