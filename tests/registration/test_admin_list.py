"""The admin lists: figures of each delegation, totals of an event, waiting list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registration.models import Delegation
from tests.factories import (
    AskedFieldFactory,
    ChangeRequestFactory,
    DelegationFactory,
    EventFactory,
    InvitationFactory,
    ParticipantFactory,
    PlacesFactory,
    RuleFactory,
    StaffFactory,
)
from tests.registration.office import page_of, text_of
from tests.registration.samples import confirm, draft, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIST = "/admin/registration/delegation/"


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


def row(client: Client, delegation: Delegation) -> dict[str, str]:
    """The row of one delegation in the list, by column."""
    answer = client.get(LIST, {"event__id__exact": delegation.event_id})
    [listed] = answer.context["cl"].result_list
    model_admin = answer.context["cl"].model_admin
    names = ("submitted", "confirmed", "waitlisted", "balance", "warnings", "requests", "waiting_since")
    return {name: getattr(model_admin, name)(listed) for name in names}


@pytest.mark.parametrize(("model", "queries"), [("parliament", 5), ("invitation", 7)])
@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_is_flat(client, model, queries, count, django_assert_num_queries):
    for _ in range(count):
        one = submit(draft())
        InvitationFactory(event=one.event, organisation=one.organisation)

    with django_assert_num_queries(queries):
        response = client.get(page_of(model, "changelist"))

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 100])
def test_query_count_of_delegations_is_flat(client, count, django_assert_num_queries):
    event = EventFactory()
    for kind in ("maximum", "history", "photo", "women_share"):
        RuleFactory(event=event, kind=kind)
    AskedFieldFactory(event=event)
    for _number in range(count):
        delegation = DelegationFactory(event=event, status="submitted", submitted_at=timezone.now())
        ParticipantFactory(delegation=delegation, role="head", status="submitted")
        ChangeRequestFactory(delegation=delegation)

    with django_assert_num_queries(23):
        response = client.get(LIST, {"event__id__exact": event.pk})

    assert response.status_code == 200


def test_delegations_that_wait_come_first_the_oldest_before_the_others(client):
    idle, second, first = draft(), draft(), draft()
    done = confirm(submit(draft()))
    submit(first)
    submit(second)

    listed = client.get(LIST).context["cl"].result_list

    assert [one.pk for one in listed] == [first.pk, second.pk, done.pk, idle.pk]


def test_row_says_how_the_delegation_stands(client):
    five_days_ago = timezone.now() - timedelta(days=5)
    delegation = DelegationFactory(status="submitted", submitted_at=five_days_ago)
    people = (
        ("submitted", "woman", "head"),
        ("submitted", "woman", "delegate"),
        ("confirmed", "man", "delegate"),
        ("waitlisted", "not_stated", "delegate"),
        ("cancelled", "man", "delegate"),
        ("submitted", "man", "accompanying"),
    )
    head, *_delegates, company = (
        ParticipantFactory(delegation=delegation, status=status, gender=gender, role=role, function="Member")
        for status, gender, role in people
    )
    company.accompanies = head
    company.save()
    RuleFactory(event=delegation.event, number=2)
    ChangeRequestFactory(delegation=delegation)
    ChangeRequestFactory(delegation=delegation, state="refused")

    assert row(client, delegation) == {
        "submitted": "3",
        "confirmed": "1",
        "waitlisted": "1",
        "balance": "2 / 1",
        "warnings": "1",
        "requests": "1",
        "waiting_since": "5\xa0days",
    }


def test_empty_delegation_has_nothing_to_warn_of(client):
    assert set(row(client, DelegationFactory()).values()) == {"–"}


def test_totals_of_the_event_stand_above_its_list(client):
    event = EventFactory()
    first = DelegationFactory(event=event, status="submitted", submitted_at=timezone.now())
    second = DelegationFactory(event=event, status="confirmed")
    for delegation, status, gender in (
        (first, "submitted", "woman"),
        (first, "waitlisted", "man"),
        (second, "confirmed", "woman"),
        (second, "rejected", "man"),
    ):
        ParticipantFactory(delegation=delegation, status=status, gender=gender)
    ParticipantFactory(status="confirmed", gender="man")
    ChangeRequestFactory(delegation=second)

    totals = client.get(LIST, {"event__id__exact": event.pk}).context["totals"]

    assert totals.states == [("submitted", 1), ("confirmed", 1)]
    assert totals.statuses == [("submitted", 1), ("confirmed", 1), ("on the waiting list", 1)]
    assert (totals.women, totals.men, totals.requests) == (2, 1, 1)
    assert totals.waiting_since == first.submitted_at


@pytest.mark.parametrize("event", ["", "x", "999999", "9" * 30])
def test_list_without_a_known_event_has_no_totals(client, event):
    answer = client.get(LIST, {"event__id__exact": event}, follow=True)

    assert answer.context["totals"] is None


def test_list_is_narrowed_to_those_that_have_asked(client):
    asking, _silent = DelegationFactory(), DelegationFactory()
    ChangeRequestFactory(delegation=asking, kind="cancel")
    ChangeRequestFactory(delegation=asking, kind="cancel")

    listed = client.get(LIST, {"requests": "pending"}).context["cl"].result_list

    assert list(listed) == [asking]


def test_delegation_is_found_by_the_name_of_a_person(client):
    ParticipantFactory(family_names="Ejemplar Dos")
    ParticipantFactory(family_names="Specimen One")

    listed = client.get(LIST, {"q": "ejemplar"}).context["cl"].result_list

    assert [one.participants.get().family_names for one in listed] == ["Ejemplar Dos"]


def test_waiting_list_is_in_order_with_the_places(client):
    event = EventFactory()
    PlacesFactory(event=event, places=40, taken=38)
    now = timezone.now()
    people = [
        ParticipantFactory(
            delegation__event=event, status="waitlisted", waitlisted_at=now - timedelta(days=days)
        )
        for days in (1, 3, 2)
    ]
    ParticipantFactory(status="waitlisted", waitlisted_at=now)

    answer = client.get(page_of("delegation", "waiting", event.pk))

    assert list(answer.context["people"]) == [people[1], people[2], people[0]]
    assert "38 of 40 places taken, 2 free" in text_of(answer)


@pytest.mark.parametrize("count", [1, 100])
def test_query_count_of_the_waiting_list_is_flat(client, count, django_assert_num_queries):
    event = EventFactory()
    for _number in range(count):
        ParticipantFactory(delegation__event=event, status="waitlisted", waitlisted_at=timezone.now())

    with django_assert_num_queries(6):
        client.get(page_of("delegation", "waiting", event.pk))


def test_event_leads_to_its_delegations(client):
    event = EventFactory()

    shown = text_of(client.get(f"/admin/events/event/{event.pk}/change/"))

    assert f'href="{LIST}?event__id__exact={event.pk}"' in shown
