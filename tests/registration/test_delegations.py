"""Submitting, confirming, returning and ending a delegation: effects and refusals."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from events.models import Event, Window
from jobs.models import OutgoingMail
from registration import rules, services
from registration.deadlines import OutsideWindow
from registration.models import Acceptance, Delegation
from tests.factories import DeclarationFactory, ParticipantFactory, StaffFactory, UserFactory
from tests.registration.samples import (
    confirm,
    coordinator,
    draft,
    end,
    give_back,
    mails,
    statuses,
    submit,
    verbs,
)

pytestmark = pytest.mark.django_db


def change(delegation: Delegation) -> Delegation:
    """Save another function for the first person, as the coordinator."""
    first = delegation.participants.in_order()[0]
    services.save_person(
        delegation=delegation,
        person=first,
        fields={"function": "Vice-President"},
        version=None,
        language="en",
        actor=coordinator(delegation),
    )
    delegation.refresh_from_db()
    return delegation


def keys(delegation: Delegation) -> list[int]:
    return list(delegation.participants.in_order().values_list("pk", flat=True))


def test_submitting_changes_status_and_sends_one_receipt():
    delegation = submit(draft(people=2))

    stored = Delegation.objects.get()
    assert stored.status == "submitted"
    assert stored.submitted_at == stored.privacy_read_at
    assert statuses(stored) == ["submitted", "submitted"]
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

    with pytest.raises(OutsideWindow, match=r"^Nothing was submitted: this event accepts no registrations\."):
        submit(delegation)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("cancelled", "The event has been cancelled: registrations are no longer accepted."),
        ("postponed", "The event has been postponed: no registrations are accepted for now."),
        ("draft", "The event is not published: no registrations are accepted for now."),
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

    with pytest.raises(rules.Incomplete) as empty:
        submit(nobody)
    with pytest.raises(rules.Incomplete) as incomplete:
        submit(headless)

    assert str(empty.value) == "Add at least one person."
    assert [one.field for one in incomplete.value.missing] == ["role", "function"]


def test_unread_privacy_notice_is_refused():
    with pytest.raises(rules.PrivacyNotRead):
        submit(draft(), privacy_read=False)


def test_submission_of_an_older_version_is_refused():
    delegation = draft()
    seen = delegation.version
    change(delegation)

    with pytest.raises(rules.VersionChanged):
        submit(delegation, version=seen)


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
    again = change(give_back(seen))
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


def test_some_are_submitted_and_the_others_stay_drafts():
    delegation = draft(people=3)
    head, second, _third = keys(delegation)

    submitted = submit(delegation, people=[head, second])

    assert statuses(submitted) == ["submitted", "submitted", "draft"]
    assert "2 people received." in OutgoingMail.objects.get().text


def test_the_rest_can_be_submitted_later():
    delegation = draft(people=2)
    head, second = keys(delegation)
    first = submit(delegation, people=[head])

    again = submit(first, people=[second])

    assert statuses(again) == ["submitted", "submitted"]
    assert again.submitted_at == first.submitted_at  # it has been waiting since then
    assert [kind for kind, _to in mails()] == ["receipt", "receipt"]


def test_nobody_chosen_is_told():
    delegation = draft(people=2)

    with pytest.raises(services.NobodyChosen):
        submit(delegation, people=[])

    assert statuses(delegation) == ["draft", "draft"]


def test_drafts_that_stay_behind_are_not_judged():
    delegation = draft(people=1)
    ParticipantFactory(delegation=delegation, order=1)  # without a function

    submit(delegation, people=keys(delegation)[:1])

    assert statuses(delegation) == ["submitted", "draft"]


def test_new_person_of_a_confirmed_delegation_makes_it_wait_again():
    delegation = confirm(submit(draft()))
    ParticipantFactory(delegation=delegation, function="Member", order=1)

    again = submit(delegation)

    assert (again.status, statuses(again)) == ("submitted", ["confirmed", "submitted"])


def test_some_are_confirmed_and_the_delegation_waits_for_the_rest():
    delegation = submit(draft(people=3))
    head, second, third = keys(delegation)

    partly = confirm(delegation, people=[head, second])
    assert (partly.status, statuses(partly)) == ("submitted", ["confirmed", "confirmed", "submitted"])
    wholly = confirm(partly, people=[third])

    assert wholly.status == "confirmed"
    texts = OutgoingMail.objects.filter(kind="confirmed").order_by("pk").values_list("text", flat=True)
    assert "2 people confirmed. 1 person is still being examined." in texts[0]


def test_draft_cannot_be_confirmed_or_returned():
    for verb in (confirm, give_back):
        with pytest.raises(rules.WrongStatus):
            verb(draft())


def test_return_keeps_the_reason_and_gives_the_pen_back():
    returned = give_back(submit(draft(people=2)), reason="The head is missing.")

    assert (returned.status, returned.reason) == ("returned", "The head is missing.")
    assert statuses(returned) == ["draft", "draft"]
    assert "The head is missing." in OutgoingMail.objects.get(kind="returned").text


def test_return_leaves_confirmed_people_confirmed():
    delegation = submit(draft(people=2))
    partly = confirm(delegation, people=keys(delegation)[:1])

    assert statuses(give_back(partly)) == ["confirmed", "draft"]


def test_returned_delegation_of_confirmed_people_can_be_submitted_and_confirmed():
    returned = give_back(confirm(submit(draft())))

    again = confirm(submit(returned))

    assert (returned.status, again.status, statuses(again)) == ("returned", "confirmed", ["confirmed"])


def test_decision_without_a_reason_is_refused():
    delegation = submit(draft())

    for verb in (services.return_delegation, services.reject_delegation):
        with pytest.raises(rules.ReasonMissing):
            verb(delegation=delegation, version=delegation.version, reason="", actor=StaffFactory())


def test_submitting_again_forgets_the_reason():
    again = submit(give_back(submit(draft())))

    assert (again.status, again.reason) == ("submitted", "")


def test_rejected_delegation_keeps_its_people_and_can_be_taken_up_by_the_secretariat_alone():
    delegation = confirm(submit(draft()))

    rejected = end(services.reject_delegation, delegation, reason="Not a member.")
    assert (rejected.status, rejected.reason) == ("rejected", "Not a member.")
    with pytest.raises(rules.WrongStatus):
        services.reopen_delegation(
            delegation=rejected, version=rejected.version, actor=coordinator(delegation)
        )
    reopened = end(services.reopen_delegation, rejected)

    assert (reopened.status, statuses(reopened)) == ("returned", ["draft"])
    assert "Not a member." in OutgoingMail.objects.get(kind="rejected").text
    mail = OutgoingMail.objects.get(kind="reopened")
    assert mail.to == coordinator(delegation).email
    assert "Registration closes on" in mail.text


def test_withdrawn_delegation_can_be_taken_up_by_its_coordinator():
    delegation = submit(draft(people=2))
    user = coordinator(delegation)

    withdrawn = services.withdraw_delegation(delegation=delegation, version=delegation.version, actor=user)
    assert (withdrawn.status, statuses(withdrawn)) == ("withdrawn", ["draft", "draft"])
    reopened = services.reopen_delegation(delegation=withdrawn, version=withdrawn.version, actor=user)

    assert reopened.status == "draft"
    assert [kind for kind, _to in mails()] == ["receipt", "withdrawn"]


def test_declarations_are_stored_with_version_person_and_moment():
    delegation = draft()
    conduct = DeclarationFactory(event=delegation.event, version=3)
    photos = DeclarationFactory(event=delegation.event, kind="photos", is_required=False)

    with pytest.raises(services.DeclarationMissing):
        submit(delegation, declarations={photos.pk: True})
    done = submit(delegation, declarations={conduct.pk: True})

    stored = Acceptance.objects.order_by("declaration").values_list(
        "declaration", "version", "accepted", "user", "at"
    )
    user, at = coordinator(delegation).pk, done.submitted_at
    assert list(stored) == [(conduct.pk, 3, True, user, at), (photos.pk, 1, False, user, at)]


def test_who_was_removed_before_is_deleted_with_the_submission():
    delegation = draft(people=1)
    ParticipantFactory(delegation=delegation, status="cancelled", order=1)
    known = ParticipantFactory(
        delegation=delegation, status="cancelled", submitted_at=delegation.created_at, order=2
    )

    submit(delegation)

    assert keys(delegation)[1:] == [known.pk]


def test_officer_submits_on_behalf_after_the_close_and_the_trail_says_so():
    delegation = draft()
    delegation.event.windows.update(closes_at=delegation.created_at - timedelta(days=1))
    officer = StaffFactory()

    submit(delegation, actor=officer)

    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.changes["on_behalf"]) == (officer.pk, True)


def test_submission_costs_the_same_number_of_queries_for_any_number_of_people(django_assert_num_queries):
    small, large = draft(people=1), draft(people=60)
    with CaptureQueriesContext(connection) as counted:
        submit(small)

    with django_assert_num_queries(len(counted)):
        submit(large)
