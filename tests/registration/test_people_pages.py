"""The list of people: their order, their missing data, and people of earlier events."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Window
from registration import services
from registration.models import Delegation, Participant
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory
from tests.registration.browser import browser_of
from tests.registration.person_page import address, assembly, stored
from tests.registration.samples import coordinator, draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def delegation() -> Delegation:
    return assembly()


@pytest.fixture
def head(delegation) -> Participant:
    return delegation.participants.get()


@pytest.fixture
def client(delegation):
    return browser_of(coordinator(delegation))


def people(delegation: Delegation) -> str:
    return reverse("registration:people", args=[delegation.pk])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def close(delegation: Delegation) -> None:
    """Submit everybody and close registration."""
    now = timezone.now()
    Window.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    Participant.objects.update(status="submitted", submitted_at=now)


def test_buttons_of_the_list_move_people_and_keep_the_focus(client, delegation, head):
    other = ParticipantFactory(delegation=delegation, order=1)

    response = client.post(people(delegation), {"action": f"up:{other.pk}"})

    assert list(delegation.participants.in_order()) == [other, head]
    assert said(response) == [f"{other} is now number 1."]
    page = " ".join(client.get(response.url).content.decode().split())
    assert f'value="up:{other.pk}" aria-disabled="true" autofocus data-focus' in page


HOSTILE = [
    "",
    "nonsense",
    "up:",
    "up:x",
    "up:-1",
    "up:" + "9" * 5000,
    "remove:\0",
    "restore:²",
    ":",
    "take:0",
    "drop:1",
]


@pytest.mark.parametrize("action", HOSTILE)
def test_unknown_action_on_the_list_changes_nothing(client, delegation, action):
    before = stored()

    assert client.post(people(delegation), {"action": action}).status_code == 302
    assert stored() == before


@pytest.mark.parametrize("verb", ["up", "down", "remove", "restore", "take"])
def test_button_with_another_delegation_s_person_changes_nothing(client, delegation, verb):
    stranger = ParticipantFactory(delegation=DelegationFactory(), status="cancelled")
    before = stored()

    response = client.post(people(delegation), {"action": f"{verb}:{stranger.pk}"})

    assert said(response) == [
        "Nothing was saved: this form belongs to another registration. Open yours again."
    ]
    assert stored() == before


def test_lists_say_what_each_person_lacks(client, delegation):
    Participant.objects.update(function="", birth_date=date(1980, 1, 1))

    who = client.get(people(delegation)).context["rows"]
    travel = client.get(reverse("registration:travel", args=[delegation.pk])).context["rows"]

    assert [words for words, _address in who[0].missing] == ["Function", "Photograph"]
    assert "Passport number" in [words for words, _address in travel[0].missing]


def test_hostile_name_is_shown_as_text(client, delegation, head):
    Participant.objects.update(given_names="<script>alert(1)</script>", family_names="{{ 7*7 }}")

    pages = "".join(client.get(path).content.decode() for path in (people(delegation), address(head)))

    assert "<script>alert" not in pages
    assert "{{ 7*7 }}" in pages


@pytest.mark.parametrize("name", ["people", "travel", "person"])
def test_page_costs_as_many_queries_for_sixty_people_as_for_one(name):
    few, many = assembly(people=1), assembly(people=60)

    assert queries(many, name) == queries(few, name)


def queries(delegation: Delegation, name: str) -> int:
    """The number of queries of a page."""
    browser = browser_of(coordinator(delegation))
    person = [delegation.participants.first().pk] if name == "person" else []
    path = reverse(f"registration:{name}", args=[delegation.pk, *person])
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    return len(captured)


def earlier(delegation: Delegation, **fields) -> Participant:
    """A person of the same organisation at an event that ended a week ago."""
    event = EventFactory(first_day=timezone.now().date() - timedelta(days=9))
    before = DelegationFactory(event=event, organisation=delegation.organisation)
    return ParticipantFactory(delegation=before, **{"status": "confirmed", "family_names": "Before"} | fields)


def test_person_of_an_earlier_delegation_is_taken_over_with_one_click(client, delegation):
    known = earlier(delegation, function="Senator", email="a@p.example", passport_number="X1", diet="No nuts")

    page = client.get(people(delegation))
    client.post(people(delegation), {"action": f"take:{known.pk}"})

    taken = delegation.participants.last()
    assert page.context["earlier"] == [known]
    assert (taken.full_name, taken.function, taken.email) == ("Specimen Before", "Senator", "a@p.example")
    assert (taken.passport_number, taken.diet, taken.status) == ("", "", "draft")
    assert client.get(people(delegation)).context["earlier"] == []


def test_person_taken_over_twice_is_there_once(client, delegation):
    known = earlier(delegation)

    for _click in range(2):
        client.post(people(delegation), {"action": f"take:{known.pk}"})

    assert delegation.participants.count() == 2


def test_second_head_comes_along_as_a_delegate(client, delegation):
    known = earlier(delegation, role="head")

    client.post(people(delegation), {"action": f"take:{known.pk}"})

    assert delegation.participants.last().role == "delegate"


def test_only_confirmed_people_of_the_same_organisation_s_earlier_events_are_offered(delegation):
    earlier(delegation, status="rejected")
    ParticipantFactory(
        delegation=DelegationFactory(event=earlier(delegation).delegation.event), status="confirmed"
    )
    later = DelegationFactory(
        event=EventFactory(first_day=delegation.event.first_day + timedelta(days=9)),
        organisation=delegation.organisation,
    )
    ParticipantFactory(delegation=later, status="confirmed")

    assert [person.family_names for person in services.known_people(delegation)] == ["Before"]


def test_what_the_event_does_not_ask_is_not_taken_over():
    delegation = draft(people=0)
    known = earlier(delegation, email="a@p.example", function="Senator")

    [taken] = services.copy_people(delegation=delegation, people=[known.pk], actor=coordinator(delegation))

    assert (taken.email, taken.function) == ("", "Senator")
