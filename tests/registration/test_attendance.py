"""Attendance is recorded and undone in the list of participants, with one audit entry each time."""

import pytest
from django.test import Client

from accounts.models import AuditEntry
from registration import services
from registration.models import Participant
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory, StaffFactory
from tests.registration.office import page_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory()


@pytest.fixture
def officer():
    return StaffFactory()


@pytest.fixture
def client(officer) -> Client:
    browser = Client()
    browser.force_login(officer)
    return browser


def person(event, status="confirmed", **fields):
    return ParticipantFactory(delegation=DelegationFactory(event=event), status=status, **fields)


def choose(client, action, *people):
    chosen = {"action": action, "_selected_action": [one.pk for one in people]}
    return said(client.post(page_of("participant", "changelist"), chosen, follow=True))


def attended(event):
    return set(Participant.objects.attended(event))


def test_attendance_is_noted_of_who_is_confirmed_and_once(event, officer):
    there, also, waits = person(event), person(event), person(event, "waitlisted")
    chosen = {"event": event, "people": [there.pk, also.pk, waits.pk], "actor": officer}

    numbers = [services.note_attendance(**chosen) for _time in range(2)]

    assert (numbers, attended(event)) == ([2, 0], {there, also})
    line = AuditEntry.objects.get(verb="people.attended")
    assert (line.actor_id, line.event_id, line.changes) == (
        officer.pk,
        event.pk,
        {"people": [there.pk, also.pk]},
    )


def test_attendance_at_another_event_is_not_touched(event, officer):
    other = person(EventFactory())

    assert services.note_attendance(event=event, people=[other.pk], actor=officer) == 0
    assert attended(other.delegation.event) == set()


def test_attendance_is_withdrawn_even_of_who_is_confirmed_no_longer(event, officer):
    one, gone = person(event), person(event)
    people = [one.pk, gone.pk]
    services.note_attendance(event=event, people=people, actor=officer)
    Participant.objects.filter(pk=gone.pk).update(status="cancelled")

    numbers = [services.withdraw_attendance(event=event, people=people, actor=officer) for _time in range(2)]

    assert (numbers, Participant.objects.exclude(attended_at=None).count()) == ([2, 0], 0)
    assert AuditEntry.objects.get(verb="people.attendance_withdrawn").changes == {"people": people}


def test_officer_notes_and_withdraws_in_the_list_of_participants(client, event):
    one, other = person(event), person(EventFactory())

    told = choose(client, "note_attendance", one, other)
    noted = attended(event) | attended(other.delegation.event)
    told += choose(client, "withdraw_attendance", one)

    assert noted == {one, other}
    assert told == [
        "Attendance noted: 2 people. Whoever is not confirmed or was noted before is left out.",
        "Attendance withdrawn: 1 person. A certificate that is made stays valid until it is declared void.",
    ]
    assert attended(event) == set()


@pytest.mark.parametrize(("asked", "found"), [("yes", ["Here"]), ("no", ["Away"]), ("", ["Away", "Here"])])
def test_list_is_filtered_by_attendance(client, event, officer, asked, found):
    here, _away = person(event, family_names="Here"), person(event, family_names="Away")
    services.note_attendance(event=event, people=[here.pk], actor=officer)

    shown = client.get(page_of("participant", "changelist"), {"attended": asked} if asked else {})

    assert sorted(one.family_names for one in shown.context["cl"].result_list) == found
