"""An officer of the secretariat signs in, returns and confirms registrations, and publishes an event."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Event
from registration.models import Delegation
from tests.factories import (
    DelegationFactory,
    EventFactory,
    EventOrganiserFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.journeys.doors import sign_in
from tests.servers import eventually

EMAIL = "coordinator@parliament.example"


@pytest.fixture
def delegation():
    """A submitted registration, which waits for the secretariat."""
    delegation = DelegationFactory(
        status=Delegation.Status.SUBMITTED,
        submitted_at=timezone.now(),
        coordinators=[UserFactory(email=EMAIL)],
    )
    WindowFactory(event=delegation.event)
    ParticipantFactory(delegation=delegation, role="head", function="Member", status="submitted")
    return delegation


@pytest.fixture
def officer(page, mailbox):
    """The first page of the administration, after sign-in."""
    sign_in(page, StaffFactory().email, mailbox, path="/admin/")
    return page


def test_officer_confirms_what_needs_an_answer(officer, mailbox, assert_accessible, delegation):
    officer.goto("/admin/")
    assert_accessible(officer)

    officer.get_by_role("link", name=str(delegation.organisation)).click()
    expect(officer.get_by_role("button", name="Confirm registration")).to_be_visible()
    assert_accessible(officer)
    officer.get_by_role("button", name="Confirm registration").click()

    eventually(lambda: mailbox.to(EMAIL))
    delegation.refresh_from_db()
    assert delegation.status == Delegation.Status.CONFIRMED


def test_officer_returns_with_a_reason_that_the_coordinator_reads(officer, mailbox, delegation):
    officer.goto(f"/admin/registration/delegation/{delegation.pk}/change/")

    officer.get_by_role("link", name="Return for correction").click()
    officer.get_by_label("What has to be corrected").fill("Please add the adviser's function.")
    officer.get_by_role("button", name="Return for correction").click()

    eventually(lambda: mailbox.to(EMAIL))
    text = mailbox.to(EMAIL)[0].get_body(("plain",)).get_content()
    assert "Please add the adviser's function." in text


def test_officer_edits_both_languages_and_publishes(officer, assert_accessible):
    event = EventFactory(slug="specimen", status=Event.Status.DRAFT, title_es="")
    WindowFactory(event=event)
    EventOrganiserFactory(event=event)
    officer.goto(f"/admin/events/event/{event.pk}/change/")
    assert_accessible(officer)

    officer.get_by_role("link", name="Publish").click()
    expect(officer.get_by_text("Spanish").first).to_be_visible()
    expect(officer.get_by_role("button", name="Publish")).to_have_count(0)
    officer.goto(f"/admin/events/event/{event.pk}/change/")
    officer.get_by_role("combobox").first.select_option(label="Spanish")
    officer.locator("#id_title_es").fill("Taller de Muestra")
    officer.get_by_role("button", name="Save and continue editing").click()
    officer.get_by_role("link", name="Publish").click()
    officer.get_by_role("button", name="Publish").click()

    eventually(lambda: Event.objects.public().filter(slug="specimen").exists())
