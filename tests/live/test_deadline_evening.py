"""The last evening: everybody submits at once, on several web servers, while places or time run out."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

import stack
from events.models import Event, Window
from jobs.clock import database_now
from jobs.models import OutgoingMail
from registration.models import Delegation, Participant
from tests import servers
from tests.factories import EventFactory, PlacesFactory, WindowFactory
from tests.live import crowd

EVERYBODY, PLACES = 200, 40
LATE, SOME = 80, 10  # LATE people submit near the deadline, which is set when SOME have submitted

pytestmark = pytest.mark.usefixtures("redis")


@pytest.fixture(scope="module")
def sites(
    program_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """Two web servers, each with its own processes."""
    logs = tmp_path_factory.mktemp("sites")
    with ExitStack() as running:
        addresses = []
        for number in range(2):
            env = program_environment | {"SITE_URL": f"http://127.0.0.1:{(port := servers.free_port())}"}
            web, address = stack.start_web(port, env=env, log=logs / f"web{number}.log")
            running.callback(web.kill)
            addresses.append(address)
        yield addresses


@pytest.fixture
def event() -> Event:
    """An event with open registration."""
    return WindowFactory(event=EventFactory()).event


def in_order_of_submission() -> list[Participant]:
    return list(Participant.objects.exclude(submitted_at=None).order_by("submitted_at"))


def test_forty_of_two_hundred_get_the_places_and_the_others_wait_in_order(
    sites: list[str], event: Event
) -> None:
    places = PlacesFactory(event=event, places=PLACES)
    delegations = crowd.delegations_of(event, EVERYBODY)

    answers = crowd.submit_all(sites, delegations)

    print(f"95 of 100 submissions were answered within {crowd.percentile(answers, 0.95):.1f} s")
    assert Counter(answer.status for answer in answers) == {302: EVERYBODY}
    people = in_order_of_submission()
    assert [person.status for person in people] == ["submitted"] * PLACES + ["waitlisted"] * (
        EVERYBODY - PLACES
    )
    assert list(Participant.objects.on_waiting_list(event)) == people[PLACES:]
    places.refresh_from_db()
    assert places.taken == PLACES
    assert OutgoingMail.objects.filter(kind="receipt").count() == EVERYBODY


def end_when_some_are_in() -> None:
    """Set the deadline 0.3 seconds after the first submissions are stored."""
    try:
        while Delegation.objects.filter(status="submitted").count() < SOME:
            time.sleep(0.01)
        Window.objects.update(closes_at=database_now() + timedelta(milliseconds=300))
    finally:
        connection.close()


def typed(delegations: list[Delegation]) -> list[dict[str, object]]:
    """Return all values of the people of these delegations."""
    return list(Participant.objects.filter(delegation__in=delegations).order_by("pk").values())


def test_nothing_is_stored_after_the_close_and_the_refused_keep_what_they_typed(
    sites: list[str], event: Event
) -> None:
    delegations = crowd.delegations_of(event, LATE)
    before = {row["delegation_id"]: row for row in typed(delegations)}

    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(end_when_some_are_in)
        answers = crowd.submit_all(sites, delegations)
        ended.result()

    closes_at = Window.objects.get().closes_at
    refused = [answer for answer in answers if answer.status == 200]
    assert Counter(answer.status for answer in answers) == {302: LATE - len(refused), 200: len(refused)}
    late = [person for person in in_order_of_submission() if person.submitted_at >= closes_at]
    assert (late, bool(refused)) == ([], True)
    kept = [answer.delegation for answer in refused]
    assert typed(kept) == [before[delegation.pk] for delegation in kept]
    assert set(
        Delegation.objects.filter(pk__in=[one.pk for one in kept]).values_list("status", "version")
    ) == {("draft", 1)}
    offered = [reverse("registration:late", args=[one.delegation.pk]) in one.page for one in refused]
    assert all(offered)
