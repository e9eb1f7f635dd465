"""Spreadsheets for download: the offline form and the copy of all data."""

from datetime import datetime, time
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import AuditEntry
from registration.models import Delegation, Participant
from tests.factories import ParticipantFactory, UserFactory
from tests.registration.samples import coordinator
from tests.registration.sheets import BORN, TEN, address, assembly, download, offered, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation() -> Delegation:
    return assembly(people=0)


@pytest.fixture
def client(delegation) -> Client:
    browser = Client()
    browser.force_login(coordinator(delegation))
    return browser


def test_form_is_made_in_the_language_of_the_page(client, delegation):
    heads = {
        language: [cell.value for cell in people_of(download(client, delegation, language))[2]][2:4]
        for language in ("en", "es")
    }

    assert heads == {"en": ["Given names", "Family names"], "es": ["Nombres", "Apellidos"]}


def test_form_offers_the_choices_of_the_site_and_holds_no_formula(client, delegation):
    book = download(client, delegation)

    assert offered(book, "role") == [str(label) for label in Participant.Role.labels]
    assert (offered(book, "attendance"), offered(book, "visa_letter")) == (
        ["in person", "online"],
        ["yes", "no"],
    )
    assert (len(offered(book, "passport_country")), offered(book, "nationality")[:2]) == (
        250,
        ["Afghanistan", "Åland Islands"],
    )
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds == {"n", "s"}


def test_form_hides_its_keys_and_locks_nothing(client, delegation):
    book = download(client, delegation)
    sheet = people_of(book)

    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert [one.protection.sheet for one in book.worksheets] == [False, False, False]
    assert sheet["A4"].value != sheet["A63"].value


@pytest.mark.parametrize("name", ["sheet", "sheet_upload", "own_sheet"])
def test_stranger_finds_nothing(delegation, name):
    browser = Client()
    browser.force_login(UserFactory())

    assert browser.get(address(name, delegation)).status_code == 404
    assert browser.post(address("sheet_upload", delegation)).status_code == 404


def test_own_sheet_has_everything_entered_in_the_language_of_the_page(client, delegation):
    Delegation.objects.filter(pk=delegation.pk).update(composition="=Four members")
    entered = {"passport_number": "007123", "birth_date": BORN, "nationality": "ES", "visa_letter": True}
    ParticipantFactory(delegation=delegation, role="head", gender="woman", **TEN[1], **entered)

    sent = client.get(address("own_sheet", delegation, "es"))

    whole, people = load_workbook(BytesIO(sent.content)).worksheets
    facts = {row[0].value: row[1].value for row in whole.iter_rows(min_row=2)}
    shown = [cell.value for cell in people[2]]
    assert "'=Four members" in facts.values()
    assert [shown[place] for place in (0, 1, 2)] == [1, "محمد", "عيّنة"]
    assert {"007123", datetime.combine(BORN, time()), "España", "sí"} <= set(shown)


def test_download_of_sensitive_fields_is_noted_with_their_names(client, delegation):
    client.get(address("own_sheet", delegation))

    line = AuditEntry.objects.get(verb="delegation.downloaded")
    assert "passport_number" in line.changes["fields"]
    assert "given_names" not in line.changes["fields"]
