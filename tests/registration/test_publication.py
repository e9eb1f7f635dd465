"""Who may be named in a published list: everybody, those who consent, or nobody."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from registration.fields import Asked
from registration.models import Delegation, Participant
from tests.factories import (
    AskedFieldFactory,
    DelegationFactory,
    EventFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
)
from tests.registration.office import text_of

pytestmark = pytest.mark.django_db

RECORD, CONSENT, NONE = (
    Event.ListPublication.RECORD,
    Event.ListPublication.CONSENT,
    Event.ListPublication.NONE,
)
SAID = {
    RECORD: "Attendance at this event is a public record",
    CONSENT: "names only those who agreed to it",
    NONE: "No list of participants is published.",
}


def said_about_the_list(delegation: Delegation) -> list[str]:
    """The text about the list on the coordinator's page."""
    browser = Client()
    browser.force_login(delegation.coordinators.get())
    page = text_of(browser.get(reverse("registration:privacy", args=[delegation.pk])))
    return [sentence for sentence in SAID.values() if sentence in page]


@pytest.mark.parametrize(
    ("policy", "named"), [(RECORD, ["Agrees", "Silent"]), (CONSENT, ["Agrees"]), (NONE, [])]
)
def test_list_names_whom_the_event_says(policy, named):
    delegation = DelegationFactory(event__list_publication=policy)
    of = {"delegation": delegation, "status": "confirmed"}
    ParticipantFactory(family_names="Agrees", consents_to_list=True, **of)
    ParticipantFactory(family_names="Silent", **of)

    assert list(Participant.objects.listed().in_order().values_list("family_names", flat=True)) == named


@pytest.mark.parametrize(
    "status", ["draft", "submitted", "waitlisted", "rejected", "cancelled", "substituted"]
)
def test_list_names_nobody_who_is_not_confirmed(status):
    ParticipantFactory(delegation__event__list_publication=RECORD, status=status)

    assert not Participant.objects.listed().exists()


def test_list_names_nobody_who_was_erased():
    delegation = DelegationFactory(event__list_publication=RECORD)
    nameless = {"given_names": "", "family_names": "", "erased_at": timezone.now()}
    ParticipantFactory(delegation=delegation, status="confirmed", **nameless)

    assert not Participant.objects.listed().exists()


@pytest.mark.parametrize(("policy", "asked"), [(RECORD, False), (CONSENT, True), (NONE, False)])
def test_consent_is_asked_only_where_the_list_depends_on_it(policy, asked):
    event = EventFactory(list_publication=policy)
    AskedFieldFactory(event=event, name="consents_to_list")

    assert Asked(event).asks("consents_to_list") == asked


@pytest.mark.parametrize("policy", list(SAID))
def test_privacy_page_of_the_delegation_says_whom_the_list_names(policy):
    delegation = DelegationFactory(event__list_publication=policy, coordinators=[UserFactory()])
    AskedFieldFactory(event=delegation.event, name="consents_to_list")

    assert said_about_the_list(delegation) == [SAID[policy]]


def test_privacy_page_of_an_event_that_asks_nobody_for_consent_says_that_there_is_no_list():
    delegation = DelegationFactory(event__list_publication=CONSENT, coordinators=[UserFactory()])

    assert said_about_the_list(delegation) == [SAID[NONE]]


def test_choice_is_made_on_the_page_of_the_event():
    event = EventFactory()
    browser = Client()
    browser.force_login(StaffFactory())

    page = browser.get(reverse("admin:events_event_change", args=[event.pk]))

    assert "list_publication" in page.context["adminform"].form.fields
    assert "Whom a published list may name." in text_of(page)
