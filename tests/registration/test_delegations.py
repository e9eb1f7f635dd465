"""From the draft to the confirmation: what each verb does, and what it refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from events.models import Event, Window
from jobs.models import OutgoingMail
from registration import rules
from registration.deadlines import OutsideWindow
from registration.models import Delegation, Participant
from tests.factories import ParticipantFactory, UserFactory
from tests.registration.samples import confirm, coordinator, draft, give_back, person, save, submit

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to"))


def test_saving_keeps_people_in_the_order_of_the_form():
    delegation = draft(people=0)

    save(delegation, person(given_names="Two"), person(given_names="One", role="head"))

    assert list(delegation.participants.values_list("given_names", "role", "order")) == [
        ("Two", "delegate", 0),
        ("One", "head", 1),
    ]
    assert verbs() == ["delegation.saved"]


def test_saving_raises_the_version_only_when_something_changed():
    delegation = draft(people=0)

    first = save(delegation, person())
    second = save(first, person(pk=Participant.objects.get().pk))
    third = save(second, remarks="We arrive late.")

    assert (first.version, second.version, third.version) == (2, 2, 3)
    assert third.remarks == "We arrive late."


def test_audit_of_a_save_names_fields_and_holds_no_personal_value():
    delegation = draft(people=1)
    one = Participant.objects.get()

    save(delegation, person(one.pk, role="head", function="Member", family_names="Secret"))

    assert AuditEntry.objects.get().changes == {"version": 2, "fields": ["family_names"]}


def test_people_whom_the_form_does_not_name_stay():
    delegation = draft(people=2)

    save(delegation, person())

    assert delegation.participants.count() == 3


def test_removed_person_goes():
    delegation = draft(people=2)
    head, other = delegation.participants.all()

    save(delegation, person(other.pk, remove=True))

    assert list(delegation.participants.all()) == [head]
    assert AuditEntry.objects.get().changes["fields"] == ["people"]


def test_head_can_be_handed_over_in_one_save():
    delegation = draft(people=2)
    old, new = delegation.participants.all()

    save(delegation, person(old.pk, role="delegate"), person(new.pk, role="head"))

    assert [one.role for one in delegation.participants.all()] == ["delegate", "head"]


def test_head_can_be_replaced_by_a_new_person_in_one_save():
    delegation = draft(people=1)
    old = delegation.participants.get()

    save(delegation, person(role="head"), person(old.pk, remove=True))

    assert [one.role for one in delegation.participants.all()] == ["head"]


def test_function_keeps_the_language_in_which_it_was_typed():
    delegation = draft(people=0)

    saved = save(delegation, person(function="Senadora"), language="es")
    save(saved, person(Participant.objects.get().pk, function="Senadora", given_names="Ana"), language="en")

    assert Participant.objects.get().function_language == "es"


def strange_people(delegation: Delegation) -> dict[str, list[Participant]]:
    other = ParticipantFactory()
    own = delegation.participants.first()
    return {
        "another delegation's": [person(other.pk)],
        "another delegation's, to be removed": [person(other.pk, remove=True)],
        "nobody's": [person(10**9)],
        "the same twice": [person(own.pk, role="head"), person(own.pk, role="head")],
    }


@pytest.mark.parametrize(
    "case", ["another delegation's", "another delegation's, to be removed", "nobody's", "the same twice"]
)
def test_person_of_another_delegation_is_refused_and_nothing_written(case):
    delegation = draft(people=1)
    people = strange_people(delegation)[case]
    before = list(Participant.objects.order_by("pk").values())

    with pytest.raises(rules.UnknownPerson):
        save(delegation, person(given_names="New"), *people)

    assert list(Participant.objects.order_by("pk").values()) == before
    assert verbs() == []


def test_second_head_is_refused_in_words_and_by_the_database():
    delegation = draft(people=1)

    with pytest.raises(rules.TwoHeads):
        save(delegation, person(role="head"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantFactory(delegation=delegation, role="head")

    assert delegation.participants.count() == 1


def test_nameless_person_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantFactory(given_names="", family_names="")


def test_sixty_first_person_is_refused():
    delegation = draft(people=1)
    full = save(delegation, *[person()] * 59)

    with pytest.raises(rules.TooManyPeople):
        save(full, person())

    assert delegation.participants.count() == 60


def test_save_of_an_older_version_is_refused():
    delegation = draft(people=1)
    save(delegation, remarks="From the other window.")

    with pytest.raises(rules.VersionChanged):
        save(delegation, remarks="From this window.")

    assert Delegation.objects.get().remarks == "From the other window."


@pytest.mark.parametrize("status", ["submitted", "confirmed"])
def test_save_after_submitting_is_refused(status):
    delegation = draft(people=1)
    Delegation.objects.update(status=status)

    with pytest.raises(rules.WrongStatus):
        save(delegation, person())


def test_save_after_the_deadline_keeps_the_draft():
    delegation = draft(people=0)
    Window.objects.update(closes_at=delegation.created_at - timedelta(days=1))

    save(delegation, person())

    assert delegation.participants.count() == 1


def test_submitting_changes_status_and_sends_one_receipt():
    delegation = submit(draft(people=2))

    stored = Delegation.objects.get()
    assert stored.status == "submitted"
    assert stored.submitted_at == stored.privacy_read_at
    assert mails() == [("receipt", coordinator(delegation).email)]
    assert verbs() == ["delegation.submitted"]


def test_second_submission_is_told_and_changes_nothing():
    delegation = draft()
    submit(delegation)

    with pytest.raises(rules.WrongStatus) as refusal:
        submit(delegation)

    assert str(refusal.value) == "Nothing was changed: the status of this registration is now “submitted”."
    assert len(mails()) == 1
    assert len(verbs()) == 1


def test_window_opens_and_closes_half_open():
    window = Window.objects.get(event=draft().event)
    moments = {
        window.opens_at - timedelta(microseconds=1): False,
        window.opens_at: True,
        window.closes_at - timedelta(microseconds=1): True,
        window.closes_at: False,
    }

    for at, is_open in moments.items():
        delegation = draft()
        delegation.event.windows.update(opens_at=window.opens_at, closes_at=window.closes_at)
        if is_open:
            assert submit(delegation, at=at).submitted_at == at
        else:
            with pytest.raises(OutsideWindow):
                submit(delegation, at=at)


def test_early_and_late_submissions_are_told_the_moment():
    delegation = draft()
    window = delegation.event.windows.get()
    window.set_days(window.opens_at.date().replace(2026, 4, 23), window.opens_at.date().replace(2026, 6, 4))
    window.save()

    with pytest.raises(OutsideWindow) as early:
        submit(delegation, at=window.opens_at - timedelta(hours=1))
    with pytest.raises(OutsideWindow) as late:
        submit(delegation, at=window.closes_at)

    assert str(early.value) == (
        "Nothing was submitted: registration opens on Thursday, 23 April 2026, 00:00 (Montevideo time). "
        "Your draft is kept."
    )
    assert str(late.value) == (
        "Nothing was submitted: registration closed on Thursday, 4 June 2026, 23:59 (Montevideo time). "
        "Your draft is kept."
    )


def test_event_without_registration_takes_none():
    delegation = draft()
    Window.objects.update(stage="travel")

    with pytest.raises(OutsideWindow, match=r"^Nothing was submitted: this event takes no registrations\."):
        submit(delegation)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("cancelled", "The event has been cancelled: registrations are no longer taken."),
        ("postponed", "The event has been postponed: no registrations are taken for now."),
        ("draft", "The event is not published: no registrations are taken for now."),
    ],
)
def test_event_that_is_off_takes_none(status, sentence):
    delegation = draft()
    Event.objects.update(status=status)

    with pytest.raises(rules.EventNotHeld) as refusal:
        submit(delegation)

    assert str(refusal.value) == sentence


def test_nobody_and_no_head_and_no_function_are_named():
    nobody, headless = draft(people=0), draft(people=0)
    ParticipantFactory(delegation=headless, given_names="Specimen", family_names="One", function="Member")
    ParticipantFactory(delegation=headless, given_names="Muestra", family_names="Dos", order=1)
    ParticipantFactory(delegation=headless, role="accompanying", order=2)

    with pytest.raises(rules.Incomplete) as empty:
        submit(nobody)
    with pytest.raises(rules.Incomplete) as incomplete:
        submit(headless)

    assert str(empty.value) == "Add at least one person."
    assert [(one.sentence, one.place, one.field) for one in incomplete.value.missing] == [
        ("Say who the head of the delegation is.", 0, "role"),
        ("Enter the function of Muestra Dos.", 1, "function"),
    ]


def test_unread_privacy_notice_is_refused():
    with pytest.raises(rules.PrivacyNotRead):
        submit(draft(), privacy_read=False)


def test_submission_of_an_older_version_is_refused():
    delegation = draft()
    save(delegation, remarks="Changed.")

    with pytest.raises(rules.VersionChanged):
        submit(delegation)


def test_refused_submission_leaves_no_trace():
    delegation = draft(people=0)

    with pytest.raises(rules.Incomplete):
        submit(delegation)

    assert Delegation.objects.get().status == "draft"
    assert (mails(), verbs()) == ([], [])


def test_confirming_tells_every_active_coordinator():
    delegation = draft()
    delegation.coordinators.add(UserFactory(email="second@parliament.example"))
    delegation.coordinators.add(UserFactory(email="left@parliament.example", is_active=False))
    first = coordinator(delegation)

    confirm(submit(delegation))

    assert Delegation.objects.get().status == "confirmed"
    assert sorted(mails()) == sorted(
        (kind, to) for kind in ("receipt", "confirmed") for to in (first.email, "second@parliament.example")
    )


def test_confirmation_of_another_version_than_the_one_seen_is_refused():
    delegation = draft()
    seen = submit(delegation)
    again = save(give_back(seen), remarks="Changed since.")
    submit(again)

    with pytest.raises(rules.VersionChanged):
        confirm(seen)

    assert Delegation.objects.get().status == "submitted"


def test_second_officer_is_told_and_nothing_happens_twice():
    delegation = submit(draft())
    confirm(delegation)

    with pytest.raises(rules.WrongStatus, match="“confirmed”"):
        confirm(delegation)

    assert [kind for kind, _to in mails()] == ["receipt", "confirmed"]


def test_draft_cannot_be_confirmed_or_returned():
    for verb in (confirm, give_back):
        with pytest.raises(rules.WrongStatus):
            verb(draft())


def test_return_keeps_the_reason_and_opens_the_form_again():
    returned = give_back(submit(draft()), reason="The head is missing.")

    assert (returned.status, returned.reason, returned.is_editable) == (
        "returned",
        "The head is missing.",
        True,
    )
    assert "The head is missing." in OutgoingMail.objects.get(kind="returned").text


def test_return_without_a_reason_is_refused():
    with pytest.raises(rules.ReasonMissing):
        give_back(submit(draft()), reason="")


def test_confirmed_registration_can_be_returned():
    returned = give_back(confirm(submit(draft())))

    assert (returned.status, returned.confirmed_at) == ("returned", None)


def test_submitting_again_forgets_the_reason():
    again = submit(give_back(submit(draft())))

    assert (again.status, again.reason) == ("submitted", "")


def test_every_move_outside_the_table_is_refused():
    allowed = {
        ("draft", "submitted"),
        ("submitted", "confirmed"),
        ("submitted", "returned"),
        ("returned", "submitted"),
        ("confirmed", "returned"),
    }
    moves = {
        (old, new)
        for old in Delegation.Status.values
        for new in Delegation.Status.values
        if Delegation(status=old).can_become(new)
    }

    assert moves == allowed
