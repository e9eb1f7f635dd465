"""An organiser makes badges for a person who has just arrived at the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from documents.models import Badge
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory, UserFactory
from tests.journeys.doors import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organiser():
    organiser = UserFactory()
    event = EventFactory(slug="workshop", first_day=timezone.now().date() + timedelta(days=3))
    event.members.create(user=organiser)
    delegation = DelegationFactory(event=event, status="confirmed")
    for name in ("Bórquez Ñandú", "Specimen"):
        ParticipantFactory(
            delegation=delegation, family_names=name, status="confirmed", confirmed_at=timezone.now()
        )
    return organiser


def test_organiser_finds_a_person_and_makes_a_badge(open_page, mailbox, assert_accessible, organiser):
    page = open_page(390)
    sign_in(page, organiser.email, mailbox, path="/en/desk/events/workshop/documents/")
    page.get_by_role("link", name="Make").and_(page.locator("[href$='/badges/']")).click()
    page.get_by_label("only those chosen here").check()
    page.get_by_label("Find a person").fill("borquez")
    page.get_by_label("Bórquez Ñandú").check()
    page.get_by_role("button", name="Check the order").click()
    assert_accessible(page)
    expect(page.get_by_text("1 badge, with a number")).to_be_visible()
    page.get_by_role("button", name="Make 1 document").click()
    for _look in range(60):
        if page.get_by_role("link", name="Download").count():
            break
        page.wait_for_timeout(500)
        page.reload()

    badge = Badge.objects.get()
    page.goto(badge.get_absolute_url())
    assert (badge.number, badge.participant.family_names) == (1, "Bórquez Ñandú")
    assert page.get_by_text("Genuine and valid").count() == 1
