"""The printed list of a delegation: all data except sensitive fields, in any script."""

from datetime import UTC, date, datetime
from io import BytesIO

import page
import pytest
from django.test import Client
from pypdf import PdfReader

from documents.composing.delegations import UNPRINTABLE, delegation_paper
from documents.services.delegations import print_delegation
from registration.fields import Asked
from registration.models import Delegation
from tests.factories import ParticipantFactory
from tests.registration.samples import coordinator
from tests.registration.sheets import TEN, address, assembly

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = datetime(2026, 6, 4, 21, 59, tzinfo=UTC)


@pytest.fixture
def delegation() -> Delegation:
    made = assembly(people=0, composition="Four members")
    secret = {"passport_number": "SECRET-1", "diet": "SECRET-2", "birth_date": date(1971, 3, 27)}
    for order, names in enumerate(TEN):
        ParticipantFactory(delegation=made, order=order, hotel="Hotel Specimen", **names, **secret)
    return made


def words(pdf: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("language", ["en", "es"])
def test_list_conforms_to_pdf_ua_whatever_the_script(delegation, language):
    made = print_delegation(delegation, language, AT)

    assert page.validate_pdf_bytes(made.pdf, profile=page.ValidationProfile.PDF_UA_1).failures == []


def test_list_says_what_was_entered_and_leaves_out_what_is_sensitive(delegation):
    said = words(print_delegation(delegation, "en", AT).pdf)

    found = {text: said.count(text) for text in ("Hotel Specimen", "Four members", "SECRET", "27 March 1971")}
    assert found == {"Hotel Specimen": 10, "Four members": 1, "SECRET": 0, "27 March 1971": 0}


def test_list_names_what_it_leaves_out(delegation):
    paper = delegation_paper(delegation, Asked(delegation.event), AT, "en")

    assert paper.notes[0] == (
        "Not on this paper, because it is sensitive: date of birth, passport number, country of the passport, "
        "passport issued on, passport valid until, dietary needs, accessibility needs."
    )


def test_list_is_dated_in_the_zone_of_the_event(delegation):
    paper = delegation_paper(delegation, Asked(delegation.event), AT, "es")

    assert paper.as_of == "jueves, 4 de junio de 2026, 18:59 (hora de Montevideo)"


def test_name_without_a_font_is_marked_and_the_others_are_printed(delegation):
    ParticipantFactory(delegation=delegation, given_names="Specimen", family_names="ᏣᎳ")

    said = words(print_delegation(delegation, "en", AT).pdf)

    printed = {name: name in said for name in ("Ольга Образцова", "አበበ ናሙና", "样本")}
    assert (said.count(UNPRINTABLE * 2), set(printed.values())) == (1, {True})


def test_list_is_sent_to_its_coordinator_as_a_file(delegation):
    client = Client()
    client.force_login(coordinator(delegation))

    sent = client.get(address("delegation", delegation, "es", namespace="documents"))

    name = f"delegacion-{delegation.organisation.code}-{delegation.event.slug}.pdf"
    assert (sent["Content-Type"], sent["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="{name}"',
    )
    assert "no-store" in sent["Cache-Control"].split(", ")
