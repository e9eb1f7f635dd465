"""The figures of one event: on the desk of its team, in the admin, and as files."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import AuditEntry
from events.models import Event
from registration import exports, figures
from registration.models import Participant
from tests.factories import (
    AskedFieldFactory,
    DelegationFactory,
    EventFactory,
    EventMemberFactory,
    InvitationFactory,
    OrganisationFactory,
    ParliamentFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
)
from tests.registration.office import page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return EventFactory(slug="specimen-event")


def signed_in(user: object) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def body(group: str = "GRULAC", status: str = "member", **fields: object):
    parliament = ParliamentFactory(group=group, status=status)
    for name, value in fields.items():
        setattr(parliament.organisation, name, value)
    parliament.organisation.save()
    return parliament.organisation


def invite(event: Event, organisation: object, state: str = "issued", **fields: object) -> None:
    token = f"{event.invitations.count():064}"
    InvitationFactory(event=event, organisation=organisation, state=state, **{"token_hash": token} | fields)


def table(event: Event, key: str) -> dict[str, tuple[int, ...]]:
    (found,) = [one for one in figures.tables(event) if one.key == key]
    return {row.label: row.numbers for row in found.rows}


def people(delegation: object, *those: dict[str, object]) -> None:
    for fields in those:
        ParticipantFactory(delegation=delegation, **fields)


def test_regions_count_each_step_of_the_invitation_and_of_the_registration(event):
    answered = {"issued": "issued", "opened": "opened", "accepted": "accepted", "declined": "declined"}
    for state in answered.values():
        invite(event, body(), state)
    coming = {"draft": "GRULAC", "submitted": "GRULAC", "confirmed": "Arab", "rejected": "Arab"}
    for status, group in coming.items():
        organisation = body(group)
        invite(event, organisation, "accepted")
        DelegationFactory(event=event, organisation=organisation, status=status)

    assert table(event, "regions") == {
        "Arab": (2, 2, 2, 0, 1, 1),
        "GRULAC": (6, 5, 3, 1, 1, 0),
    }


def test_observers_and_bodies_are_a_region_of_their_own(event):
    invite(event, body("GRULAC", "observer"))
    invite(event, OrganisationFactory())
    invite(event, body(""))

    assert table(event, "regions") == {
        "Without a geopolitical group": (1, 0, 0, 0, 0, 0),
        "Observers and other bodies": (2, 0, 0, 0, 0, 0),
    }


def test_revoked_invitation_counts_once_it_was_answered(event):
    invite(event, body(), token_hash=None)
    invite(event, body(), "accepted", token_hash=None)

    assert table(event, "regions") == {"GRULAC": (1, 1, 1, 0, 0, 0)}


def test_groups_of_the_secretariat_are_of_no_region(event):
    group = DelegationFactory(event=event, organisation=None, group="press", status="confirmed")
    people(group, {"status": "confirmed"})

    assert table(event, "regions") == {}
    assert table(event, "country") == {"No country: groups and organizations": (1, 1)}


def test_people_are_counted_by_gender_without_their_company(event):
    people(
        DelegationFactory(event=event),
        {"gender": "woman", "status": "confirmed"},
        {"gender": "woman", "status": "submitted"},
        {"gender": "man", "status": "confirmed"},
        {"gender": "other", "status": "waitlisted"},
        {"gender": "", "status": "submitted"},
        {"gender": "man", "status": "confirmed", "role": "accompanying"},
        {"gender": "man", "status": "draft"},
    )

    assert table(event, "gender") == {"Woman": (2, 1), "Man": (1, 1), "Other": (0, 0), "Not stated": (1, 0)}
    (gender,) = [one for one in figures.tables(event) if one.key == "gender"]
    assert gender.note == "Women: 50 per cent of those registered. Accompanying persons are not counted."


def test_people_are_counted_by_category_and_status(event):
    people(
        DelegationFactory(event=event),
        {"role": "head", "status": "confirmed"},
        {"role": "delegate", "status": "submitted"},
        {"role": "adviser", "status": "confirmed"},
        {"role": "staff", "status": "cancelled"},
        {"role": "press", "status": "cancelled", "submitted_at": "2026-01-01T00:00:00Z"},
    )

    categories = {label: numbers for label, numbers in table(event, "category").items() if any(numbers)}
    assert categories == {"Members of the delegation": (2, 1), "Advisers and experts": (1, 1)}
    assert table(event, "status") == {"Submitted": (1,), "Confirmed": (2,), "Cancelled": (1,)}


def test_countries_are_named_in_the_language_of_the_page(event):
    spain = body(country_en="Spain", country_es="España")
    people(
        DelegationFactory(event=event, organisation=spain), {"status": "confirmed"}, {"status": "submitted"}
    )

    with translation.override("es"):
        assert table(event, "country") == {"España": (2, 1)}


def test_other_events_count_for_nothing(event):
    other = DelegationFactory(status="confirmed")
    invite(other.event, other.organisation)
    people(other, {"status": "confirmed"})

    assert [one.rows for one in figures.tables(event) if one.key in {"regions", "country", "status"}] == [
        [],
        [],
        [],
    ]


def test_bars_are_drawn_to_scale(event):
    delegation = DelegationFactory(event=event, organisation=body(country_en="Chile"))
    people(delegation, *[{"status": "confirmed"}] * 3, {"status": "submitted"})
    other = DelegationFactory(event=event, organisation=body(country_en="Peru"))
    people(other, {"status": "submitted"})

    (chart,) = [one for one in figures.tables(event) if one.key == "country"]

    assert [(bar.label, bar.whole_length, bar.part_length) for bar in chart.bars] == [
        ("Chile", "100.00%", "75.00%"),
        ("Peru", "25.00%", "0.00%"),
    ]


def test_figures_cost_the_same_for_one_and_for_many(event, django_assert_num_queries):
    for _round in range(2):
        for _number in range(3):
            people(DelegationFactory(event=event), {"status": "confirmed"}, {"status": "draft"})
        with django_assert_num_queries(4):
            figures.tables(event)


@pytest.mark.parametrize("language", ["en", "es"])
def test_page_shows_each_table_beside_its_chart(event, language):
    invite(event, body())
    people(DelegationFactory(event=event), {"status": "confirmed", "gender": "woman"})
    address = f"/{language}/desk/events/{event.slug}/figures/"

    shown = text_of(signed_in(EventMemberFactory(event=event).user).get(address))

    assert shown.count('<svg role="img"') == shown.count("<table class=") == 5
    assert ' style="' not in shown
    assert 'width="100.00%"' in shown


def test_team_takes_the_figures_and_the_trail_keeps_it(event):
    member = EventMemberFactory(event=event).user

    file = signed_in(member).get(reverse("registration:figures_download", args=[event.slug, "csv"]))

    assert file["Content-Disposition"] == 'attachment; filename="figures-specimen-event.csv"'
    line = AuditEntry.objects.get(verb="figures.downloaded")
    assert (line.actor_id, line.changes) == (member.pk, {"list": "figures", "format": "csv"})


@pytest.mark.parametrize(
    ("name", "english", "spanish"),
    [
        ("figures", "figures", "cifras"),
        ("delegations", "delegations", "delegaciones"),
        ("people", "people", "personas"),
    ],
)
def test_file_is_named_in_the_readers_language(event, name, english, spanish):
    names = {}
    for language in ("en", "es"):
        with translation.override(language):
            names[language] = exports.file_response(event, name, "csv")["Content-Disposition"]

    assert names == {
        "en": f'attachment; filename="{english}-specimen-event.csv"',
        "es": f'attachment; filename="{spanish}-specimen-event.csv"',
    }


def test_people_name_whom_they_accompany(event):
    delegation = DelegationFactory(event=event)
    host = ParticipantFactory(
        delegation=delegation, badge_name="Specimen One", status=Participant.Status.CONFIRMED
    )
    AskedFieldFactory(event=event, name="accompanies")
    ParticipantFactory(
        delegation=delegation,
        role=Participant.Role.ACCOMPANYING,
        accompanies=host,
        status=Participant.Status.CONFIRMED,
        order=1,
    )

    head, *rows = csv_rows(event, "people")

    assert [row[head.index("Accompanies")] for row in rows] == ["", "Specimen One"]


@pytest.mark.parametrize("name", ["people", "delegations", "figures"])
def test_lists_are_for_the_secretariat_alone(event, name):
    address = page_of("delegation", "download", event.pk, name, "csv")
    member = EventMemberFactory(event=event).user

    answers = [signed_in(user).get(address).status_code for user in (StaffFactory(), member, UserFactory())]

    assert answers == [200, 404, 404]


@pytest.mark.parametrize(("name", "extension"), [("passports", "csv"), ("people", "pdf")])
def test_list_that_is_not_there_is_not_found(event, name, extension):
    address = page_of("delegation", "download", event.pk, name, extension)

    assert signed_in(StaffFactory()).get(address).status_code == 404
    assert AuditEntry.objects.filter(verb="figures.downloaded").count() == 0


def csv_rows(event: Event, name: str) -> list[list[str]]:
    content = exports.file_response(event, name, "csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_figures_as_csv_have_each_number_in_a_row(event):
    people(DelegationFactory(event=event), {"status": "confirmed", "gender": "woman"})

    rows = csv_rows(event, "figures")

    assert rows[0] == ["Table", "Row", "Figure", "Number"]
    assert ["People by gender", "Woman", "Confirmed", "1"] in rows


def test_figures_as_xlsx_have_a_sheet_for_each_table(event):
    people(DelegationFactory(event=event, organisation=body(country_en="Chile")), {"status": "confirmed"})

    book = load_workbook(BytesIO(exports.file_response(event, "figures", "xlsx").content))

    assert book.sheetnames == [one.title for one in figures.tables(event)]
    rows = list(book["People by country"].iter_rows(values_only=True))
    assert rows == [("Country", "Registered", "Confirmed"), ("Chile", 1, 1), ("Total", 1, 1)]


def test_figures_of_an_event_without_people_are_a_file_of_totals(event):
    address = reverse("registration:figures_download", args=[event.slug, "xlsx"])
    book = load_workbook(BytesIO(signed_in(StaffFactory()).get(address).content))

    rows = list(book["People by country"].iter_rows(values_only=True))
    assert rows == [("Country", "Registered", "Confirmed"), ("Total", 0, 0)]


HOSTILE = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\uff1d1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_cell_of_a_list_is_never_a_formula(event, text):
    people(DelegationFactory(event=event), {"given_names": text, "family_names": "x", "status": "confirmed"})

    cells = [cell for row in csv_rows(event, "people") for cell in row]
    sheet = load_workbook(BytesIO(exports.file_response(event, "people", "xlsx").content)).active
    types = {cell.data_type for row in sheet.iter_rows() for cell in row}

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\uff1d"))] == []
    assert "f" not in types


ASKED = ("passport_number", "birth_date", "email", "function", "attendance", "diet", "party", "gender")
PRIVATE = {
    "passport_number": "X123",
    "birth_date": "1970-05-31",
    "email": "p@parliament.example",
    "function": "Deputy",
    "diet": "no nuts",
}


def test_list_of_people_holds_names_and_nothing_personal_beside(event):
    for name in ASKED:
        AskedFieldFactory(event=event, name=name)
    congress = body(code="CL", name_en="Congress")
    person = {"role": "head", "given_names": "Specimen", "family_names": "One", "attendance": "online"}
    people(DelegationFactory(event=event, organisation=congress), person | PRIVATE)

    head, row = csv_rows(event, "people")

    assert dict(zip(head, row, strict=True)) == {
        "Code": "CL",
        "Delegation": "Congress",
        "Region": "GRULAC",
        "Status of the delegation": "draft",
        "Status": "draft",
        "Category": "Members of the delegation",
        "Role": "Head of delegation",
        "Given names": "Specimen",
        "Family names": "One",
        "Gender": "not stated",
        "Attendance": "online",
    }


def test_list_of_people_leaves_out_who_does_not_come(event):
    delegation = DelegationFactory(event=event)
    people(delegation, *({"status": status} for status in Participant.Status.values))

    rows = csv_rows(event, "people")

    assert sorted(row[4] for row in rows[1:]) == ["confirmed", "draft", "on the waiting list", "submitted"]


def test_list_of_delegations_counts_their_people(event):
    delegation = DelegationFactory(event=event, organisation=body(code="CL"), status="submitted")
    people(delegation, {"status": "confirmed"}, {"status": "submitted"}, {"status": "submitted"})

    head, row = csv_rows(event, "delegations")

    assert dict(zip(head, row, strict=True)) | {"Delegation": ""} == {
        "Code": "CL",
        "Delegation": "",
        "Region": "GRULAC",
        "Status of the delegation": "submitted",
        "Invitation": "",
        "People: submitted": "2",
        "People: confirmed": "1",
        "People: on the waiting list": "0",
    }


@pytest.mark.parametrize("name", exports.LISTS)
def test_lists_cost_the_same_for_one_and_for_many(event, name, django_assert_max_num_queries):
    counts = []
    for _round in range(2):
        for _number in range(3):
            organisation = body()
            invite(event, organisation)
            people(DelegationFactory(event=event, organisation=organisation), {"status": "confirmed"})
        with django_assert_max_num_queries(10) as captured:
            exports.file_response(event, name, "csv")
        counts.append(len(captured.captured_queries))

    assert counts[0] == counts[1]
