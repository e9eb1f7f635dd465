"""Saving one person at a time, complete or not, and telling people apart."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Window
from registration import rules, services
from registration.editing import EditingClosed, EditMode
from registration.models import Delegation, Participant
from registration.services import Nameless, PersonChanged, PersonGone
from tests.factories import (
    DelegationFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.race import at_once
from tests.registration.samples import coordinator, draft

pytestmark = pytest.mark.django_db


def save(delegation: Delegation, person: Participant | None = None, **fields) -> Participant:
    """Save like the button of the person's page, with their present version."""
    values = {
        "version": person.version if person else None,
        "language": "en",
        "actor": coordinator(delegation),
        "key": None,
        "at": None,
    }
    given = {name: fields.pop(name, default) for name, default in values.items()}
    return services.save_person(delegation=delegation, person=person, fields=fields, **given)


def trail(verb: str) -> dict:
    """The changes in the only audit entry with this verb."""
    return AuditEntry.objects.get(verb=verb).changes


def closed(delegation: Delegation) -> Delegation:
    """The same delegation after the end of registration."""
    now = timezone.now()
    Window.objects.filter(event=delegation.event).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    return Delegation.objects.get(pk=delegation.pk)


def test_new_person_is_added_at_the_end_of_the_list():
    delegation = draft(people=2)

    person = save(delegation, given_names="Ana")

    assert (person.order, person.status, person.version) == (2, "draft", 1)
    assert Delegation.objects.get().version == delegation.version + 1


def test_adding_a_person_touches_no_other_row():
    delegation = draft(people=9)
    actor = coordinator(delegation)
    before = list(Participant.objects.order_by("pk").values())

    save(delegation, given_names="Ana", actor=actor)

    assert list(Participant.objects.order_by("pk").values())[:9] == before


@pytest.mark.parametrize("count", [1, 50])
def test_adding_a_person_costs_the_same_among_many(count, django_assert_num_queries):
    delegation = draft(people=count)
    actor = coordinator(delegation)

    with django_assert_num_queries(12):
        save(delegation, given_names="Ana", actor=actor)


def test_same_page_sent_twice_adds_one_person():
    delegation, key = draft(people=1), uuid4()
    first = save(delegation, given_names="Ana", key=key)

    second = save(delegation, given_names="Ana María", key=key)

    assert second.pk == first.pk
    assert Participant.objects.get(pk=first.pk).given_names == "Ana María"


@pytest.mark.django_db(transaction=True)
def test_same_page_sent_at_once_adds_one_person():
    delegation, key = draft(people=1), uuid4()
    actor = coordinator(delegation)

    at_once(4, lambda: save(delegation, given_names="Ana", key=key, actor=actor))

    assert delegation.participants.count() == 2
    assert AuditEntry.objects.filter(verb="person.added").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_pages_saved_at_once_have_one_effect_and_the_other_is_told():
    delegation = draft(people=1)
    person, actor = delegation.participants.get(), coordinator(delegation)
    words = iter(("Here", "There"))

    results = at_once(2, lambda: save(delegation, person, function=next(words), actor=actor), PersonChanged)

    assert sorted(type(result).__name__ for result in results) == ["Participant", "PersonChanged"]
    assert Participant.objects.get().version == 2


def test_saving_what_is_stored_changes_nothing():
    delegation = draft(people=1)
    person = delegation.participants.get()

    save(delegation, person, given_names=person.given_names)

    assert Participant.objects.get().version == 1
    assert Delegation.objects.get().version == delegation.version
    assert not AuditEntry.objects.exists()


def test_fields_left_out_stay_as_they_are():
    delegation = draft(people=1)
    person = delegation.participants.get()

    save(delegation, person, email="a@parliament.example")

    assert Participant.objects.get().function == "Member"


def test_function_keeps_the_language_in_which_it_was_typed():
    delegation = draft(people=1)
    person = delegation.participants.get()
    Participant.objects.update(function_translation="Miembro")

    save(delegation, person, function="Senadora", language="es")

    stored = Participant.objects.get()
    assert (stored.function, stored.function_language, stored.function_translation) == ("Senadora", "es", "")


def test_language_of_a_function_that_stays_stays():
    delegation = draft(people=1)

    save(delegation, delegation.participants.get(), function="Member", email="a@p.example", language="es")

    assert Participant.objects.get().function_language == "en"


def test_later_save_is_told_which_fields_part():
    delegation = draft(people=1)
    seen = delegation.participants.get()
    save(delegation, seen, function="Saved there", email="there@parliament.example")

    with pytest.raises(PersonChanged) as refused:
        save(
            delegation,
            seen,
            function="Typed here",
            email="there@parliament.example",
            phone="+41 22 555 01 23",
        )

    assert refused.value.names == ["function"]
    assert refused.value.participant.function == "Saved there"
    assert Participant.objects.get().phone == ""


def test_later_save_of_other_fields_goes_through():
    delegation = draft(people=1)
    seen = delegation.participants.get()
    save(delegation, seen, function="Saved there")

    save(delegation, seen, email="here@parliament.example")

    stored = Participant.objects.get()
    assert (stored.function, stored.email, stored.version) == ("Saved there", "here@parliament.example", 3)


def test_saving_again_at_the_new_version_keeps_what_was_typed():
    delegation = draft(people=1)
    seen = delegation.participants.get()
    save(delegation, seen, function="Saved there")

    save(delegation, seen, function="Typed here", version=2)

    assert Participant.objects.get().function == "Typed here"


@pytest.mark.parametrize("version", [0, 99])
def test_version_that_never_was_shows_all_that_differs(version):
    delegation = draft(people=1)

    with pytest.raises(PersonChanged) as refused:
        save(delegation, delegation.participants.get(), function="Other", version=version)

    assert refused.value.names == ["function"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [({}, Nameless), ({"given_names": "Ana", "role": "head"}, rules.TwoHeads)],
    ids=["nameless", "second head"],
)
def test_person_who_cannot_be_kept_is_refused(fields, refusal):
    delegation = draft(people=1)

    with pytest.raises(refusal):
        save(delegation, **fields)

    assert delegation.participants.count() == 1


def test_delegation_takes_sixty_people_and_no_more():
    delegation = draft(people=60)

    with pytest.raises(rules.TooManyPeople):
        save(delegation, given_names="Ana")


def test_company_is_of_the_same_delegation():
    delegation, stranger = draft(people=1), ParticipantFactory()

    with pytest.raises(rules.UnknownPerson):
        save(delegation, given_names="Ana", role="accompanying", accompanies=stranger)


def test_company_ends_with_another_role():
    delegation = draft(people=1)
    head = delegation.participants.get()
    person = save(delegation, given_names="Ana", role="accompanying", accompanies=head)

    save(delegation, person, role="staff")

    assert Participant.objects.get(pk=person.pk).accompanies is None


def test_trail_keeps_both_values_of_open_fields_and_only_names_of_personal_ones():
    delegation = draft(people=1)

    save(
        delegation,
        delegation.participants.get(),
        gender="woman",
        given_names="Secret",
        birth_date=date(1980, 2, 29),
    )

    assert trail("person.saved") == {
        "gender": ["not_stated", "woman"],
        "given_names": [],
        "birth_date": [],
        "version": 2,
    }


def test_entry_of_the_trail_names_the_event():
    delegation = draft(people=0)

    save(delegation, given_names="Ana")

    assert AuditEntry.objects.get().event_id == delegation.event_id


def test_officer_saves_on_behalf_and_the_trail_says_so():
    delegation = draft(people=1)

    save(delegation, delegation.participants.get(), gender="man", actor=StaffFactory())

    assert trail("person.saved")["on_behalf"] is True


def test_second_coordinator_saves_as_one_of_their_own():
    delegation, second = draft(people=1), UserFactory()
    delegation.coordinators.add(second)

    save(delegation, delegation.participants.get(), gender="man", actor=second)

    assert "on_behalf" not in trail("person.saved")


def test_draft_is_kept_after_the_close():
    delegation = closed(draft(people=1))

    save(delegation, delegation.participants.get(), function="Late words")

    assert Participant.objects.get().function == "Late words"


def test_submitted_person_is_not_changed_after_the_close():
    delegation = closed(draft(people=1))
    Participant.objects.update(status="submitted")

    with pytest.raises(EditingClosed) as refused:
        save(delegation, delegation.participants.get(), function="Late words")

    assert refused.value.edit_mode == EditMode.REQUEST
    assert Participant.objects.get().function == "Member"


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_person_of_a_delegation_that_has_ended_is_not_changed(status):
    delegation = draft(people=1, status=status)

    with pytest.raises(EditingClosed):
        save(delegation, delegation.participants.get(), function="Late words")


def test_confirmed_person_with_another_name_is_examined_again():
    delegation = draft(people=1, status="confirmed")
    Participant.objects.update(status="confirmed")
    person = delegation.participants.get()

    save(delegation, person, given_names="Other")

    stored = Participant.objects.get()
    assert (stored.status, stored.confirmed_identity["given_names"]) == ("submitted", "Specimen")
    assert Delegation.objects.get().status == "submitted"


def test_confirmed_person_with_another_flight_stays_confirmed():
    delegation = draft(people=1, status="confirmed")
    Participant.objects.update(status="confirmed")

    save(delegation, delegation.participants.get(), arrival_by="MVD, XX 123")

    assert Participant.objects.get().status == "confirmed"
    assert Delegation.objects.get().status == "confirmed"


def test_person_of_another_delegation_cannot_be_saved_into_this_one():
    delegation, stranger = draft(people=1), ParticipantFactory(delegation=DelegationFactory())

    with pytest.raises(PersonGone):
        save(delegation, stranger, function="Typed here")


def test_changes_until_its_own_last_day():
    delegation = draft(people=1)
    Participant.objects.update(status="submitted")
    row = delegation.event.asked_fields.create(name="function", changes_until=date(2020, 1, 1))
    person = delegation.participants.get()

    with pytest.raises(EditingClosed):
        save(delegation, person, function="Late", at=datetime(2021, 1, 1, tzinfo=UTC))

    assert row.changes_until < timezone.now().date()


def test_window_for_changes_keeps_submitted_people_open():
    delegation = closed(draft(people=1))
    WindowFactory(event=delegation.event, stage="change")
    Participant.objects.update(status="submitted")

    save(delegation, delegation.participants.get(), function="In time")

    assert Participant.objects.get().function == "In time"


def test_removed_person_is_not_saved():
    delegation = draft(people=1)
    person = delegation.participants.get()
    Participant.objects.update(status="cancelled")

    with pytest.raises(PersonGone):
        save(delegation, person, function="Typed here")


def test_second_head_is_refused_by_the_database():
    delegation = draft(people=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantFactory(delegation=delegation, role="head")

    assert delegation.participants.count() == 1


def test_nameless_person_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantFactory(given_names="", family_names="")
