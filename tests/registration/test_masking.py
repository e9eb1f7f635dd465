"""Sensitive values are masked until an officer reveals them; each time adds an audit entry."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from registration.models import ChangeRequest, Participant
from tests.factories import (
    AskedFieldFactory,
    ChangeRequestFactory,
    DelegationFactory,
    EventFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.registration.office import page_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PASSPORT = "X7654321"


@pytest.fixture
def officer() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


@pytest.fixture
def person() -> Participant:
    """A person with a passport, at an event that asks for it."""
    delegation = DelegationFactory(coordinators=[UserFactory()])
    WindowFactory(event=delegation.event)
    AskedFieldFactory(event=delegation.event, name="passport_number")
    return ParticipantFactory(
        delegation=delegation,
        passport_number=PASSPORT,
        birth_date=date(1971, 3, 27),
        phone="+41 22 555 01 23",
    )


def opened() -> list[tuple[str, list[str]]]:
    lines = AuditEntry.objects.filter(verb__endswith=".revealed").order_by("pk")
    return [(line.verb, line.changes["fields"]) for line in lines]


def proposal(person: Participant) -> ChangeRequest:
    asked = {"fields": {"passport_number": PASSPORT, "hotel": "Specimen Inn"}}
    return ChangeRequestFactory(
        delegation=person.delegation, participant=ParticipantFactory(delegation=person.delegation), kind="edit",
        proposal=asked,
    )  # fmt: skip


def test_private_data_of_a_person_are_masked_at_first(officer, person):
    page = text_of(officer.get(page_of("delegation", "reveal", person.delegation_id, person.pk)))

    assert (PASSPORT in page, page.count("••••"), "+41 22 555 01 23" in page) == (False, 2, True)
    assert opened() == []


def test_private_data_are_shown_by_the_button_and_the_trail_names_the_fields(officer, person):
    page = text_of(officer.post(page_of("delegation", "reveal", person.delegation_id, person.pk)))

    assert (PASSPORT in page, "27 March 1971" in page) == (True, True)
    assert opened() == [("person.revealed", ["birth_date", "passport_number"])]
    assert PASSPORT not in str(AuditEntry.objects.values_list("changes", flat=True))


def test_private_data_of_a_person_of_another_delegation_are_not_found(officer, person):
    other = DelegationFactory()

    answer = officer.post(page_of("delegation", "reveal", other.pk, person.pk))

    assert (answer.status_code, opened()) == (404, [])


def test_page_of_the_delegation_leads_to_the_private_data_and_shows_none(officer, person):
    page = text_of(officer.get(page_of("delegation", "change", person.delegation_id)))

    assert (f"../people/{person.pk}/reveal/" in page, PASSPORT in page) == (True, False)


def test_request_shows_what_is_sensitive_after_the_same_opening(officer, person):
    asked = proposal(person)
    address = page_of("delegation", "reveal_request", person.delegation_id, asked.pk)
    before = [text_of(officer.get(page_of("delegation", "change", person.delegation_id)))]
    before.append(text_of(officer.get(address)))

    after = text_of(officer.post(address))

    assert ([PASSPORT in page for page in before], PASSPORT in after) == ([False, False], True)
    assert opened() == [("request.revealed", ["passport_number"])]


def test_request_without_anything_sensitive_has_nothing_to_open(officer, person):
    asked = ChangeRequestFactory(delegation=person.delegation, proposal={"fields": {"hotel": "Specimen Inn"}})

    answer = officer.get(page_of("delegation", "reveal_request", person.delegation_id, asked.pk))

    assert answer.status_code == 404


def test_coordinator_reads_their_requests_with_the_passport_masked(person):
    proposal(person)
    browser = Client()
    browser.force_login(person.delegation.coordinators.get())

    page = text_of(browser.get(reverse("registration:requests", args=[person.delegation_id])))

    assert (PASSPORT in page, "••••" in page, "Specimen Inn" in page) == (False, True, True)


def test_coordinator_sees_in_the_form_what_they_typed_and_no_line_is_written(person):
    browser = Client()
    browser.force_login(person.delegation.coordinators.get())

    page = text_of(browser.get(person.get_absolute_url()))

    assert (PASSPORT in page, opened()) == (True, [])


def test_officer_who_opens_the_form_on_behalf_is_noted(officer, person):
    page = text_of(officer.get(person.get_absolute_url()))

    assert (PASSPORT in page, opened()) == (True, [("person.revealed", ["passport_number"])])


def test_page_that_nobody_can_change_any_more_masks_the_passport():
    day = timezone.now().date() - timedelta(days=3)
    delegation = DelegationFactory(
        event=EventFactory(first_day=day, last_day=day), coordinators=[UserFactory()]
    )
    AskedFieldFactory(event=delegation.event, name="passport_number")
    person = ParticipantFactory(delegation=delegation, passport_number=PASSPORT)
    browser = Client()
    browser.force_login(delegation.coordinators.get())

    page = text_of(browser.get(person.get_absolute_url()))

    assert (PASSPORT in page, "••••" in page) == (False, True)
