"""The table of a person's moves, and the effect of a rejection on the delegation."""

import pytest

from jobs.models import OutgoingMail
from registration import services
from registration.models import Delegation, Participant
from tests.factories import StaffFactory
from tests.registration.coordinating import mails
from tests.registration.samples import confirm, draft, person_of, statuses, submit

pytestmark = pytest.mark.django_db

Status = Participant.Status


def test_rejected_person_is_told_to_the_coordinators_without_the_name():
    delegation = submit(draft(people=2))

    services.reject_person(participant=person_of(delegation, 1), reason="Too young.", actor=StaffFactory())

    mail = OutgoingMail.objects.get(kind="person_rejected")
    assert statuses(delegation) == ["submitted", "rejected"]
    assert ("Too young." in mail.text, "Specimen Person" in mail.text) == (True, False)


def test_person_whom_the_secretariat_takes_out_is_told_to_the_coordinators():
    delegation = submit(draft(people=2))

    services.cancel_person(participant=person_of(delegation, 1), reason="Twice on it.", actor=StaffFactory())

    mail = OutgoingMail.objects.get(kind="person_cancelled")
    assert statuses(delegation) == ["submitted", "cancelled"]
    assert ("Twice on it." in mail.text, "Specimen Person" in mail.text) == (True, False)


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_nobody_is_told_who_takes_a_draft_or_their_own_person_out(status):
    delegation = draft(people=2) if status == "draft" else submit(draft(people=2))
    actor = StaffFactory() if status == "draft" else delegation.coordinators.get()

    services.cancel_person(participant=person_of(delegation, 1), reason="", actor=actor)

    assert mails("person_cancelled") == []


def test_rejecting_the_last_who_was_examined_confirms_the_delegation():
    delegation = submit(draft(people=2))
    head, other = delegation.participants.in_order()
    confirm(delegation, people=[head.pk])

    services.reject_person(participant=other, reason="Too young.", actor=StaffFactory())

    assert Delegation.objects.get().status == "confirmed"


MOVES = {
    ("draft", "submitted"),
    ("draft", "waitlisted"),
    ("draft", "cancelled"),
    ("submitted", "draft"),
    ("submitted", "confirmed"),
    ("submitted", "rejected"),
    ("submitted", "cancelled"),
    ("submitted", "substituted"),
    ("waitlisted", "draft"),
    ("waitlisted", "submitted"),
    ("waitlisted", "rejected"),
    ("waitlisted", "cancelled"),
    ("confirmed", "draft"),
    ("confirmed", "submitted"),
    ("confirmed", "rejected"),
    ("confirmed", "cancelled"),
    ("confirmed", "substituted"),
    ("rejected", "draft"),
    ("cancelled", "draft"),
}


def test_table_of_moves_of_a_person():
    moves = {
        (old, new)
        for old in Status.values
        for new in Status.values
        if Participant(status=old).can_become(new)
    }

    assert moves == MOVES


@pytest.mark.parametrize("old", [old for old in Status.values if (old, "rejected") not in MOVES])
def test_rejecting_somebody_outside_the_table_is_explained_and_writes_nothing(old):
    delegation = submit(draft())
    delegation.participants.update(status=old)

    with pytest.raises(services.WrongMove):
        services.reject_person(participant=person_of(delegation), reason="Why.", actor=StaffFactory())

    assert (statuses(delegation), mails("person_rejected")) == ([old], [])
