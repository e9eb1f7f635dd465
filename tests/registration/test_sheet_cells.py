"""The cells of the offline form: accepted values, and messages for refused ones."""

from datetime import date

import pytest
from django.test import Client

from registration.models import Delegation
from tests.registration.samples import coordinator
from tests.registration.sheets import BORN, GOOD, assembly, download, fill, problems, upload, write

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def delegation() -> Delegation:
    return assembly(people=0)


@pytest.fixture
def client(delegation) -> Client:
    browser = Client()
    browser.force_login(coordinator(delegation))
    return browser


BAD_CELLS = [
    ({"role": "Emperor"}, "Role", "“Emperor” is not in the list. Choose from the list."),
    ({"role": None}, "Role", "This field is required."),
    ({"gender": "=A1"}, "Gender", "This cell holds a formula. Type the value itself."),
    ({"function": "=1+1"}, "Function", "This cell holds a formula. Type the value itself."),
    ({"function": "#N/A"}, "Function", "This cell shows an error of the spreadsheet. Type the value itself."),
    ({"nationality": "Atlantis"}, "Nationality", "“Atlantis” is not in the list. Choose from the list."),
    (
        {"birth_date": "the first of May"},
        "Date of birth",
        "“the first of May” is not read as a date. Write it like 27 March 1971 or 1971-03-27.",
    ),
    ({"birth_date": "31 February 1971"}, "Date of birth", "There is no such day in the calendar."),
    ({"birth_date": date(2190, 1, 1)}, "Date of birth", "This day is in the future."),
    ({"birth_date": "27 March 1571"}, "Date of birth", "Write the year in four figures, from 1900 on."),
    (
        {"phone": "12"},
        "Telephone",
        "Write the number with the code of its country, for example +41 22 555 01 23.",
    ),
    ({"email": "nobody"}, "E-mail address", "Enter a valid email address."),
    ({"arrival_at": "25:00"}, "Hour of arrival", "Write the hour from 00:00 to 23:59, for example 17:45."),
    (
        {"arrival_on": date(2026, 5, 2), "departure_on": date(2026, 5, 1)},
        "Day of departure",
        "The departure is before the arrival.",
    ),
    (
        {"visa_letter": "perhaps"},
        "Wants a visa-support letter",
        "“perhaps” is not in the list. Choose from the list.",
    ),
    (
        {"given_names": "---", "family_names": None},
        "Given names",
        "Write the name in letters, or leave the field empty.",
    ),
    (
        {"given_names": None, "family_names": None},
        "Given names",
        "Enter the given names, the family names or both.",
    ),
    (
        {"given_names": "x" * 121},
        "Given names",
        "Ensure this value has at most 120 characters (it has 121).",
    ),
    (
        {"function": "a\u202eb"},
        "Function",
        "This contains a character that cannot be printed (U+202E). Please type the text again.",
    ),
    (
        {"accompanies": 7},
        "Accompanies",
        "This is not asked of this role. Empty the cell.",
    ),
    (
        {"role": "Accompanying person", "accompanies": 7, "function": None},
        "Accompanies",
        "Nobody with the number 7 can be accompanied. Write the number of another person.",
    ),
    (
        {"role": "Accompanying person", "function": "Member"},
        "Function",
        "This is not asked of this role. Empty the cell.",
    ),
]


@pytest.mark.parametrize(("typed", "name", "sentence"), BAD_CELLS, ids=lambda value: ascii(value)[:40])
def test_bad_cell_is_named_and_nothing_is_written(client, delegation, typed, name, sentence):
    book = fill(download(client, delegation), 5, **GOOD | typed)
    fill(book, 6, **GOOD)

    page = upload(client, delegation, book)

    assert problems(page) == [(5, name, sentence)]
    assert delegation.participants.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        date(1971, 3, 27),
        26019,
        "1971-03-27",
        "27 March 1971",
        "Saturday, 27 March 1971",
        "27 de marzo de 1971",
        "sábado, 27 de marzo de 1971",
        "27 MARZO 1971",
        "27 mar. 1971",
    ],
    ids=str,
)
def test_date_is_read_as_people_write_it(client, delegation, typed):
    book = fill(download(client, delegation), 4, **GOOD, birth_date=typed)

    write(client, delegation, upload(client, delegation, book))

    assert delegation.participants.get().birth_date == BORN


def test_words_of_the_other_language_and_codes_are_understood(client, delegation):
    book = fill(download(client, delegation, "es"), 4, **GOOD, nationality="uy", passport_country="Spain")

    write(client, delegation, upload(client, delegation, book))

    person = delegation.participants.get()
    assert (person.role, person.nationality, person.passport_country) == ("delegate", "UY", "ES")


def test_numbers_in_columns_of_text_are_read_as_typed(client, delegation):
    book = fill(download(client, delegation), 4, **GOOD, passport_number=123456789, hotel=1881.0)

    write(client, delegation, upload(client, delegation, book))

    person = delegation.participants.get()
    assert (person.passport_number, person.hotel) == ("123456789", "1881")


def test_every_cell_that_is_wrong_is_named_at_once(client, delegation):
    book = fill(
        download(client, delegation), 4, **GOOD | {"function": "=1+1", "email": "nobody", "gender": "x"}
    )
    fill(book, 9, **GOOD | {"given_names": "=A1", "family_names": None, "role": None})

    page = upload(client, delegation, book)

    assert [(row, name) for row, name, _sentence in problems(page)] == [
        (4, "Gender"),
        (4, "Function"),
        (4, "E-mail address"),
        (9, "Given names"),
        (9, "Role"),
    ]
