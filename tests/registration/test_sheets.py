"""The offline form: downloaded, filled in, checked as a whole, and saved or refused."""

from datetime import datetime, time

import pytest
import time_machine
from django.test import Client
from openpyxl import Workbook

from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration import services
from registration.models import Delegation, Participant
from tests.factories import ParticipantFactory, StaffFactory, UserFactory
from tests.registration.samples import coordinator
from tests.registration.sheets import (
    BORN,
    GOOD,
    TEN,
    assembly,
    column,
    download,
    fill,
    offered,
    people_of,
    problems,
    upload,
    values_of,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def delegation() -> Delegation:
    return assembly(people=0)


@pytest.fixture
def client(delegation) -> Client:
    browser = Client()
    browser.force_login(coordinator(delegation))
    return browser


def save(delegation: Delegation, person: Participant, **fields: str) -> None:
    """Another user saves these values on the person's page."""
    actor, version = coordinator(delegation), person.version
    services.save_person(
        delegation=delegation, person=person, fields=fields, version=version, language="en", actor=actor
    )


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
    kept = {
        "phone": "'+598 2924 8783",
        "birth_date": datetime.combine(BORN, time()),
        "arrival_at": time(17, 45),
    }
    assert [values_of(again, row) for row in range(4, 14)] == [
        {name: value for name, value in names.items() if value}
        | typed
        | kept
        | {"number": number, "consents_to_list": "no"}
        for number, names in enumerate(TEN, 1)
    ]
    assert upload(client, delegation, again, language).context["judgement"].entries == []


def test_person_with_a_name_like_a_formula_comes_back_the_same(client, delegation):
    ParticipantFactory(delegation=delegation, role="head", function="=1+1", gender="woman")
    book = download(client, delegation)

    assert values_of(book, 4)["function"] == "'=1+1"
    assert upload(client, delegation, book).context["judgement"].same == list(delegation.participants.all())


def test_second_head_is_refused_with_the_row(client, delegation):
    book = fill(download(client, delegation), 4, **GOOD | {"role": "Head of delegation"})
    fill(book, 5, **GOOD | {"role": "Head of delegation"})

    page = upload(client, delegation, book)

    assert problems(page) == [(5, "", "A delegation has one head: choose another role for the others.")]
    assert delegation.participants.count() == 0


def test_two_people_change_places_at_the_head(client, delegation):
    first = ParticipantFactory(delegation=delegation, role="head", gender="woman", order=0)
    second = ParticipantFactory(delegation=delegation, role="delegate", gender="woman", order=1)
    book = fill(download(client, delegation), 4, role="Delegate")
    fill(book, 5, role="Head of delegation")

    write(client, delegation, upload(client, delegation, book))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.role, second.role) == ("delegate", "head")


def test_company_of_somebody_new_is_kept(client, delegation):
    company = {"given_names": "Muestra", "role": "Accompanying person", "gender": "man", "accompanies": 2}
    book = fill(fill(download(client, delegation), 4, **company), 5, **GOOD)

    write(client, delegation, upload(client, delegation, book))

    person = delegation.participants.get(role="accompanying")
    assert person.accompanies.full_name == "Specimen One"


def test_row_that_is_emptied_leaves_its_person_alone(client, delegation):
    person = ParticipantFactory(delegation=delegation, role="head", gender="woman")
    book = download(client, delegation)
    fill(book, 4, **dict.fromkeys(values_of(book, 4)))

    page = upload(client, delegation, book)

    assert (page.context["judgement"].left, page.context["judgement"].entries) == ([person], [])


def test_form_uploaded_twice_adds_nobody_twice(client, delegation):
    book = fill(download(client, delegation), 4, **GOOD)
    write(client, delegation, upload(client, delegation, book))

    again = upload(client, delegation, fill(book, 4, function="Chair"))
    write(client, delegation, again)

    changes = [(one.label, one.before, one.after) for one in again.context["judgement"].changed[0].changes]
    assert changes == [("function", "Member", "Chair")]
    assert delegation.participants.get().function == "Chair"


def test_page_written_twice_adds_nobody_twice(client, delegation):
    checked = upload(client, delegation, fill(download(client, delegation), 4, **GOOD))

    write(client, delegation, checked)
    write(client, delegation, checked)

    assert delegation.participants.count() == 1


def test_change_made_on_the_site_meanwhile_is_not_overwritten(client, delegation):
    person = ParticipantFactory(delegation=delegation, role="head", gender="woman", function="Member")
    book = fill(download(client, delegation), 4, function="Deputy Speaker")
    save(delegation, person, function="Speaker")

    page = upload(client, delegation, book)

    sentence = (
        "Changed on the site after the form was downloaded: function. Change it there, or download again."
    )
    assert problems(page) == [(4, "", sentence)]
    person.refresh_from_db()
    assert person.function == "Speaker"


def test_change_made_between_check_and_writing_is_not_overwritten(client, delegation):
    person = ParticipantFactory(delegation=delegation, role="head", gender="woman", function="Member")
    fill(book := download(client, delegation), 4, function="Deputy Speaker")
    checked = upload(client, delegation, fill(book, 5, **GOOD))
    save(delegation, person, function="Speaker")

    page = write(client, delegation, checked)

    assert [row for row, _column, _sentence in problems(page)] == [4]
    assert delegation.participants.get().function == "Speaker"


def test_person_removed_meanwhile_is_named(client, delegation):
    person = ParticipantFactory(delegation=delegation, role="head", gender="woman")
    book = download(client, delegation)
    services.cancel_person(participant=person, reason="", actor=coordinator(delegation))

    page = upload(client, delegation, book)

    sentence = "The person of this row is no longer in the delegation. Empty the row."
    assert problems(page) == [(4, "", sentence)]


def test_copied_row_is_named(client, delegation):
    book = fill(fill(download(client, delegation), 4, **GOOD), 5, **GOOD)
    people_of(book)["A5"] = people_of(book)["A4"].value

    page = upload(client, delegation, book)

    sentence = "This row is a copy of row 4. Type each person into an empty row of the form."
    assert problems(page) == [(5, "", sentence)]


def test_row_put_in_by_hand_adds_somebody(client, delegation):
    book = fill(download(client, delegation), 90, **GOOD)

    write(client, delegation, upload(client, delegation, book))

    assert delegation.participants.get().full_name == "Specimen One"


def test_sensitive_field_is_compared_without_its_values(client, delegation):
    ParticipantFactory(delegation=delegation, role="head", gender="woman", passport_number="OLD-1")
    page = upload(client, delegation, fill(download(client, delegation), 4, passport_number="NEW-2"))

    shown = page.content.decode().partition('name="rows"')[2].partition(">")[2]
    assert ("OLD-1" in shown, "NEW-2" in shown, "Passport number" in shown) == (False, False, True)


def test_hidden_field_of_another_is_not_written(client, delegation):
    checked = upload(client, delegation, fill(download(client, delegation), 4, **GOOD))
    colleague = UserFactory()
    delegation.coordinators.add(colleague)
    other = Client()
    other.force_login(colleague)

    page = write(other, delegation, checked)

    assert page.context["refusal"] == "Upload the form again."
    assert delegation.participants.count() == 0


def test_hidden_field_expires(client, delegation):
    with time_machine.travel("2026-03-01 10:00Z", tick=False):
        checked = upload(client, delegation, fill(download(client, delegation), 4, **GOOD))
    with time_machine.travel("2026-03-01 11:01Z", tick=False):
        page = write(client, delegation, checked)

    assert page.context["refusal"] == "The check is more than an hour old. Upload the form again."


def test_form_of_another_delegation_is_refused(client, delegation):
    other = assembly()
    other.coordinators.set([coordinator(delegation)])
    book = fill(download(client, other), 5, **GOOD)

    page = upload(client, delegation, book)

    sentence = "Nothing was read: this form was made for another delegation. Download your own."
    assert page.context["form"].errors == {"file": [sentence]}


def test_officer_writes_on_behalf(delegation):
    browser, officer = Client(), StaffFactory()
    browser.force_login(officer)

    write(browser, delegation, upload(browser, delegation, fill(download(browser, delegation), 4, **GOOD)))

    lines = AuditEntry.objects.filter(actor_id=officer.pk).order_by("pk")
    assert [(line.verb, line.changes.get("on_behalf")) for line in lines] == [
        ("delegation.downloaded", True),
        ("person.added", True),
    ]


def test_ended_delegation_takes_no_form(client, delegation):
    book = fill(download(client, delegation), 4, **GOOD)
    Delegation.objects.filter(pk=delegation.pk).update(status=Delegation.Status.WITHDRAWN)

    page = upload(client, delegation, book)

    assert problems(page) == [(4, "", "Nothing was changed: this registration can no longer be changed.")]


def test_sixty_people_are_written_and_one_more_is_refused(client, delegation):
    book = download(client, delegation)
    for row in range(4, 64):
        fill(book, row, **GOOD | {"family_names": f"Person {row}"})

    write(client, delegation, upload(client, delegation, book))
    page = upload(client, delegation, fill(book, 64, **GOOD))

    assert delegation.participants.count() == 60
    sentence = "A delegation of more than 60 people cannot be entered here: write to the secretariat."
    assert page.context["form"].errors == {"file": [sentence]}


@pytest.mark.parametrize("language", ["en", "es"])
def test_form_without_a_column_is_refused_by_its_name(client, delegation, language):
    book = download(client, delegation, language)
    people_of(book).delete_cols(column(people_of(book), "hotel"))

    page = upload(client, delegation, book)

    sentence = "Nothing was read: a column is missing (Hotel). Download the form again."
    assert page.context["form"].errors == {"file": [sentence]}


def test_columns_may_change_places(client, delegation):
    book = fill(download(client, delegation), 4, **GOOD)
    sheet = people_of(book)
    hotel, function = column(sheet, "hotel"), column(sheet, "function")
    for row in (1, 4):
        first, second = sheet.cell(row, hotel), sheet.cell(row, function)
        first.value, second.value = second.value, first.value

    write(client, delegation, upload(client, delegation, book))

    assert delegation.participants.get().function == "Member"


def test_file_that_is_no_form_is_refused(client, delegation):
    page = upload(client, delegation, Workbook())

    name = "“form.xlsx” was not accepted: it is not the form of this page. Download that and fill it in."
    assert page.context["form"].errors == {"file": [name]}


def test_check_writes_nothing_and_sends_nothing(client, delegation):
    before = AuditEntry.objects.count() + 1  # the download

    upload(client, delegation, fill(download(client, delegation), 4, **GOOD))

    assert AuditEntry.objects.count() == before
    assert (delegation.participants.count(), OutgoingMail.objects.count()) == (0, 0)
    delegation.refresh_from_db()
    assert delegation.version == 1
