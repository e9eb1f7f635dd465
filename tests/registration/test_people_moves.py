"""Removing, restoring and reordering people of a delegation."""

import pytest

from accounts.models import AuditEntry
from registration import rules, services
from registration.models import Delegation, Participant
from registration.services import PersonGone
from tests.factories import ParticipantFactory, PlacesFactory
from tests.race import at_once
from tests.registration.samples import confirm, coordinator, draft, submit

pytestmark = pytest.mark.django_db


def trail(verb: str) -> dict:
    """The changes in the only audit entry with this verb."""
    return AuditEntry.objects.get(verb=verb).changes


def test_removed_person_is_kept_and_comes_back_as_a_draft():
    delegation = draft(people=2)
    person, actor = delegation.participants.last(), coordinator(delegation)

    services.cancel_person(participant=person, reason="", actor=actor)
    removed = Participant.objects.get(pk=person.pk).status
    services.restore_person(participant=person, actor=actor)

    assert (removed, Participant.objects.get(pk=person.pk).status) == ("cancelled", "draft")
    assert Delegation.objects.get().version == delegation.version + 2
    assert [trail(f"person.{verb}")["version"] for verb in ("cancelled", "restored")] == [2, 3]


def test_place_of_a_removed_person_comes_free():
    delegation = draft(people=1)
    places = PlacesFactory(event=delegation.event, places=1, taken=1)
    Participant.objects.update(status="submitted")

    services.cancel_person(
        participant=delegation.participants.get(), reason="Ill.", actor=coordinator(delegation)
    )

    places.refresh_from_db()
    assert places.taken == 0
    assert Participant.objects.get().reason == "Ill."


@pytest.mark.django_db(transaction=True)
def test_person_removed_twice_at_once_is_removed_once():
    delegation = draft(people=1)
    person, actor = delegation.participants.get(), coordinator(delegation)

    results = at_once(
        2, lambda: services.cancel_person(participant=person, reason="", actor=actor), PersonGone
    )

    assert sorted(type(result).__name__ for result in results) == ["Participant", "PersonGone"]
    assert AuditEntry.objects.filter(verb="person.cancelled").count() == 1


def test_person_who_is_there_is_not_brought_back():
    delegation = draft(people=1)

    with pytest.raises(PersonGone):
        services.restore_person(participant=delegation.participants.get(), actor=coordinator(delegation))


def test_removed_head_does_not_come_back_beside_another():
    delegation = draft(people=1)
    removed = ParticipantFactory(delegation=delegation, role="head", status="cancelled")

    with pytest.raises(rules.TwoHeads):
        services.restore_person(participant=removed, actor=coordinator(delegation))


def test_person_moves_up_and_down_in_the_order():
    delegation = draft(people=3)
    first, second, third = delegation.participants.in_order()
    actor = coordinator(delegation)

    services.move_person(participant=third, up=True, actor=actor)
    services.move_person(participant=first, up=False, actor=actor)

    assert list(delegation.participants.in_order()) == [third, first, second]
    assert list(AuditEntry.objects.order_by("pk").values_list("changes", flat=True)) == [
        {"order": [2, 1]},
        {"order": [0, 1]},
    ]


@pytest.mark.parametrize(("place", "up"), [(0, True), (1, False)])
def test_move_beyond_either_end_changes_nothing(place, up):
    delegation = draft(people=2)
    people = list(delegation.participants.in_order())

    services.move_person(participant=people[place], up=up, actor=coordinator(delegation))

    assert list(delegation.participants.in_order()) == people
    assert Delegation.objects.get().version == delegation.version


def test_last_person_to_be_examined_leaves_and_the_rest_is_confirmed():
    delegation = submit(draft(people=2))
    confirm(delegation, people=[delegation.participants.first().pk])

    services.cancel_person(
        participant=delegation.participants.get(status="submitted"), reason="", actor=coordinator(delegation)
    )

    delegation.refresh_from_db()
    assert delegation.status == Delegation.Status.CONFIRMED
