"""The form for use offline: downloaded, filled in, judged as a whole, and written or not."""

from datetime import date, datetime, time

import pytest
from django.test import Client

from accounts.models import AuditEntry
from registration.models import Delegation, Participant
from tests.factories import ParticipantFactory, StaffFactory, UserFactory
from tests.registration.samples import coordinator
from tests.registration.sheets import (
    BORN,
    TEN,
    address,
    assembly,
    column,
    download,
    fill,
    people_of,
    problems,
    upload,
    values_of,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation() -> Delegation:
    return assembly(people=0)


@pytest.fixture
def client(delegation) -> Client:
    browser = Client()
    browser.force_login(coordinator(delegation))
    return browser


def offered(book, name: str) -> list[str]:
    """The words of a column's drop-down."""
    sheet = people_of(book)
    place = sheet.cell(4, column(sheet, name)).coordinate
    [rule] = [one for one in sheet.data_validations.dataValidation if place in one.sqref]
    title, _mark, cells = rule.formula1.partition("!")
    return [cell.value for row in book[title.strip("'")][cells.replace("$", "")] for cell in row]


@pytest.mark.parametrize("language", ["en", "es"])
def test_form_filled_in_with_ten_people_is_written_and_comes_back_the_same(client, delegation, language):
    book = download(client, delegation, language)
    typed = {
        name: offered(book, name)[place]
        for name, place in {
            "role": 2,
            "gender": 0,
            "nationality": 5,
            "visa_letter": 0,
            "attendance": 1,
        }.items()
    }
    typed |= {"function": "Miembro, comisión 1", "phone": "+598 2924 8783", "passport_number": "007123"}
    for row, names in enumerate(TEN, 4):
        filled = {name: value or None for name, value in names.items()}
        fill(book, row, **filled, **typed, birth_date=BORN, arrival_at=time(17, 45))

    checked = upload(client, delegation, book, language)
    written = write(client, delegation, checked, language)
    again = download(client, delegation, language)

    assert written.status_code == 302
    people = list(delegation.participants.in_order())
    assert [(one.given_names, one.family_names) for one in people] == [tuple(names.values()) for names in TEN]
    assert {one.function_language for one in people} == {language}
    assert [values_of(again, row) for row in range(4, 14)] == [
        {name: value for name, value in names.items() if value}
        | typed
        | {
            "number": number,
            "phone": "'+598 2924 8783",
            "birth_date": datetime(1971, 3, 27),
            "arrival_at": time(17, 45),
        }
        for number, names in enumerate(TEN, 1)
    ]
    assert upload(client, delegation, again, language).context["judgement"].entries == []
