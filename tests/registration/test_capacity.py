"""Places: taken in order, released, and given to people on the waiting list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from events.models import Event
from jobs.models import OutgoingMail
from registration import rules, services
from registration.editing import EditingClosed
from registration.models import Delegation, Participant, Places
from tests.factories import EventFactory, ParticipantFactory, PlacesFactory, StaffFactory, WindowFactory
from tests.registration.samples import confirm, coordinator, draft, give_back, person_of, statuses, submit

pytestmark = pytest.mark.django_db

Status = Participant.Status


def event_with(places: int, **by_category: int) -> Event:
    """An event with open registration and these numbers of places, in all and by category."""
    event = EventFactory()
    WindowFactory(event=event)
    PlacesFactory(event=event, places=places)
    for category, number in by_category.items():
        PlacesFactory(event=event, category=category, places=number)
    return event


def delegation_of(event: Event, people: int = 1, **fields: object) -> Delegation:
    """A draft at this event with this many people."""
    other = draft(people, **fields)
    spare, other.event = other.event, event
    other.save(update_fields=["event"])
    spare.windows.all().delete()
    return other


def taken(event: Event) -> dict[str, int]:
    return dict(Places.objects.filter(event=event).values_list("category", "taken"))


def cancel(person: Participant, actor: User | None = None) -> Participant:
    actor = actor or coordinator(person.delegation)
    return services.cancel_person(participant=person, reason="", actor=actor)


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to", flat=True))


def test_people_take_places_in_their_order_and_the_others_wait():
    event = event_with(2)
    delegation = submit(delegation_of(event, people=4))

    assert statuses(delegation) == ["submitted", "submitted", "waitlisted", "waitlisted"]
    assert taken(event) == {"": 2}
    text = OutgoingMail.objects.get(kind="receipt").text
    assert "2 people received. 2 people are on the waiting list:" in text


def test_person_takes_a_place_in_each_row_that_counts_them():
    event = event_with(3, press=1)
    delegation = delegation_of(event)
    for order in (1, 2):
        ParticipantFactory(delegation=delegation, role="press", function="Editor", order=order)

    submit(delegation)

    assert statuses(delegation) == ["submitted", "submitted", "waitlisted"]
    assert taken(event) == {"": 2, "press": 1}


def test_event_without_rows_has_room_for_all():
    assert statuses(submit(draft(people=3))) == ["submitted"] * 3


def waiting_pair(event: Event) -> tuple[Delegation, Delegation, Delegation]:
    """One delegation with the only place, and two that wait for it, in this order."""
    return tuple(submit(delegation_of(event)) for _number in range(3))


def test_place_that_comes_free_goes_to_the_first_who_waits():
    event = event_with(1)
    first, second, third = waiting_pair(event)

    cancel(person_of(first))

    assert [statuses(one) for one in (first, second, third)] == [["cancelled"], ["submitted"], ["waitlisted"]]
    assert taken(event) == {"": 1}
    assert mails("promoted") == [coordinator(second).email]
    assert AuditEntry.objects.filter(verb="delegation.promoted").get().object_id == second.pk


@pytest.mark.parametrize("verb", ["reject_person", "return", "reject", "withdraw"])
def test_every_way_out_gives_the_place_back(verb):
    event = event_with(1)
    first, second = submit(delegation_of(event)), submit(delegation_of(event))
    seen = {"delegation": first, "version": first.version, "actor": StaffFactory()}

    if verb == "reject_person":
        services.reject_person(participant=person_of(first), reason="Why.", actor=StaffFactory())
    elif verb == "withdraw":
        services.withdraw_delegation(**seen)
    else:
        getattr(services, f"{verb}_delegation")(**seen, reason="Why.")

    assert (statuses(second), taken(event)) == (["submitted"], {"": 1})


def test_who_waits_and_leaves_gives_nothing_back():
    event = event_with(1)
    first, second, third = waiting_pair(event)

    cancel(person_of(second))

    assert [statuses(one) for one in (first, third)] == [["submitted"], ["waitlisted"]]
    assert taken(event) == {"": 1}


def test_who_waits_for_a_full_category_is_passed_over():
    event = event_with(2, press=1)
    holders = delegation_of(event)
    ParticipantFactory(delegation=holders, role="press", function="Editor", order=1)
    submit(holders)
    journalist, member = delegation_of(event), delegation_of(event)
    ParticipantFactory(delegation=journalist, role="press", function="Editor", order=1)
    journalist.participants.filter(role="head").update(role="press")
    ParticipantFactory(delegation=journalist, role="head", function="Member", order=2)
    submit(journalist)
    submit(member)

    cancel(person_of(holders))

    assert statuses(journalist) == ["waitlisted", "waitlisted", "submitted"]
    assert (statuses(member), taken(event)) == (["waitlisted"], {"": 2, "press": 1})


def test_confirmed_delegation_waits_for_the_secretariat_when_somebody_moves_up(
    django_capture_on_commit_callbacks,
):
    event = event_with(2)
    first = submit(delegation_of(event))
    second = confirm(submit(delegation_of(event, people=2)))

    with django_capture_on_commit_callbacks(execute=True):
        cancel(person_of(first))

    stored = Delegation.objects.get(pk=second.pk)
    assert (stored.status, statuses(stored)) == ("submitted", ["confirmed", "submitted"])
    assert stored.version == second.version + 1


def test_raised_number_of_places_lets_those_in_who_wait():
    event = event_with(1)
    first, second, third = waiting_pair(event)
    Places.objects.update(places=2)

    promoted = services.recount(event=event)

    assert [person.delegation for person in promoted] == [second]
    assert [statuses(one) for one in (first, second, third)] == [["submitted"], ["submitted"], ["waitlisted"]]


def test_new_row_counts_those_who_are_here():
    event = event_with(9)
    submit(delegation_of(event, people=3))
    PlacesFactory(event=event, category="members", places=3)

    services.recount(event=event)

    assert taken(event) == {"": 3, "members": 3}


def test_row_with_fewer_places_than_are_taken_is_refused():
    event = event_with(9)
    submit(delegation_of(event, people=3))
    PlacesFactory(event=event, category="members", places=2)

    with pytest.raises(services.PlacesTaken):
        services.recount(event=event)


def save(person: Participant, **fields: object) -> Participant:
    return services.save_person(
        delegation=person.delegation,
        person=person,
        fields=fields,
        version=None,
        language="en",
        actor=coordinator(person.delegation),
    )


def test_another_name_of_a_confirmed_person_is_examined_again_and_the_old_one_kept():
    delegation = confirm(submit(draft()))
    before = person_of(delegation).identity

    save(person_of(delegation), family_names="Otra")
    save(person_of(delegation), family_names="Otra Más")

    stored = person_of(delegation)
    assert (stored.status, stored.confirmed_identity) == ("submitted", before)
    assert Delegation.objects.get().status == "submitted"
    assert person_of(confirm(Delegation.objects.get())).confirmed_identity is None


def test_another_diet_of_a_confirmed_person_leaves_the_confirmation():
    delegation = confirm(submit(draft()))

    save(person_of(delegation), diet="No nuts")

    assert (statuses(delegation), Delegation.objects.get().status) == (["confirmed"], "confirmed")


def test_person_of_another_category_takes_a_place_among_its_own():
    event = event_with(9, advisers=1, members=2)
    delegation = submit(delegation_of(event, people=2))

    save(person_of(delegation, 1), role="adviser")

    assert (statuses(delegation), taken(event)) == (
        ["submitted", "submitted"],
        {"": 2, "advisers": 1, "members": 1},
    )


def test_person_of_a_full_category_waits_and_the_place_left_is_given_away():
    event = event_with(9, advisers=0, members=2)
    delegation, other = submit(delegation_of(event, people=2)), submit(delegation_of(event))

    save(person_of(delegation, 1), role="adviser")

    assert (statuses(delegation), statuses(other)) == (["submitted", "waitlisted"], ["submitted"])
    assert taken(event) == {"": 2, "advisers": 0, "members": 2}


def test_database_refuses_one_too_many():
    row = PlacesFactory(places=1)
    row.taken = 2

    with pytest.raises(Exception, match="places_hold"):
        row.save()


def substitute(person: Participant, actor: User | None = None, **fields: object) -> Participant:
    values = {"role": person.role, "given_names": "Muestra", "family_names": "Dos", "function": "Senator"}
    return services.substitute_person(
        participant=person,
        fields=values | fields,
        language="en",
        actor=actor or coordinator(person.delegation),
    )


def test_substitute_takes_the_place_and_who_for_whom_is_kept():
    event = event_with(1)
    delegation, other = confirm(submit(delegation_of(event))), submit(delegation_of(event))
    head = person_of(delegation)

    fresh = substitute(head)

    assert (fresh.substitutes, fresh.status, fresh.order) == (head, "submitted", head.order)
    assert sorted(statuses(delegation)) == ["submitted", "substituted"]
    assert (statuses(other), taken(event)) == (["waitlisted"], {"": 1})
    assert Delegation.objects.get(pk=delegation.pk).status == "submitted"


def test_substitute_of_another_category_takes_a_place_of_that_one():
    event = event_with(9, members=2, advisers=1)
    delegation = submit(delegation_of(event, people=2))

    substitute(person_of(delegation, 1), role="adviser")

    assert taken(event) == {"": 2, "members": 1, "advisers": 1}


def staff_beside_closed_members() -> Delegation:
    """A submitted head and a member of staff; registration is closed for members only."""
    delegation = draft()
    ParticipantFactory(delegation=delegation, role="staff", function="Clerk", order=1)
    submit(delegation)
    now = timezone.now()
    ended = {"opens_at": now - timedelta(days=9), "closes_at": now - timedelta(days=1)}
    WindowFactory(event=delegation.event, category="members", **ended)
    return delegation


def test_nobody_changes_into_a_category_that_is_closed():
    delegation = staff_beside_closed_members()

    with pytest.raises(EditingClosed) as refusal:
        save(person_of(delegation, 1), role="delegate")

    assert (refusal.value.edit_mode, person_of(delegation, 1).role) == ("request", "staff")


def test_substitute_of_a_category_that_is_closed_is_refused():
    delegation = staff_beside_closed_members()

    with pytest.raises(EditingClosed):
        substitute(person_of(delegation, 1), role="delegate")

    assert statuses(delegation) == ["submitted", "submitted"]


def test_who_waits_and_gets_a_place_in_another_category_is_examined():
    event = event_with(9, advisers=0)
    delegation = delegation_of(event)
    ParticipantFactory(delegation=delegation, role="adviser", function="Adviser", order=1)
    confirm(submit(delegation))

    save(person_of(delegation, 1), role="delegate")

    stored = Delegation.objects.get(pk=delegation.pk)
    assert (statuses(stored), stored.status) == (["confirmed", "submitted"], "submitted")


def test_event_is_held_before_the_person_who_changes_the_category():
    delegation = submit(delegation_of(event_with(9)))
    ParticipantFactory(delegation=delegation, role="staff", status="submitted", order=1)

    with CaptureQueriesContext(connection) as queries:
        save(person_of(delegation, 1), role="adviser")

    first = [
        next(
            place
            for place, query in enumerate(queries)
            if query["sql"].startswith(start) and end in query["sql"]
        )
        for start, end in (
            ('SELECT "events_event"', "FOR NO KEY UPDATE"),
            ('UPDATE "registration_participant"', ""),
        )
    ]
    assert first == sorted(first)


def test_refused_substitute_changes_nothing():
    delegation = submit(draft(people=2))

    with pytest.raises(rules.TwoHeads):
        substitute(person_of(delegation, 1), role="head")

    assert statuses(delegation) == ["submitted", "submitted"]


def test_draft_is_not_substituted():
    with pytest.raises(services.WrongMove, match="is now “draft”"):
        substitute(person_of(draft()))


def test_returned_people_who_come_back_queue_again():
    event = event_with(1)
    first, second = submit(delegation_of(event)), submit(delegation_of(event))
    third = submit(delegation_of(event))

    submit(give_back(second))
    cancel(person_of(first))

    assert [statuses(one) for one in (second, third)] == [["waitlisted"], ["submitted"]]


def test_waiting_since_is_the_moment_of_the_submission():
    event = event_with(0)
    at = timezone.now() + timedelta(hours=1)

    delegation = submit(delegation_of(event), at=at)

    assert person_of(delegation).waitlisted_at == at
