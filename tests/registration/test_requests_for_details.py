"""Requests to change the details of a delegation after a deadline."""

import pytest

from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration import services
from registration.models import ChangeRequest, Delegation
from tests.registration.test_requests import answer, ask, mails, registered

pytestmark = pytest.mark.django_db


def test_details_that_are_asked_for_are_written_when_it_is_accepted():
    delegation, _person = registered()
    Delegation.objects.update(expected_number=4, second_contact_email="old@embassy.example")

    request = ask(delegation, None, "details", expected_number=3, second_contact_email="new@embassy.example")
    before = Delegation.objects.get()
    answer(request)

    stored = Delegation.objects.get()
    assert (before.expected_number, stored.expected_number) == (4, 3)
    assert (stored.second_contact_email, stored.status) == ("new@embassy.example", "confirmed")
    assert stored.version == before.version + 1
    assert mails() == ["request_received", "request_accepted"]
    assert "change of the delegation’s details" in OutgoingMail.objects.get(kind="request_received").text
    verbs = AuditEntry.objects.about(stored).values_list("verb", flat=True)
    assert set(verbs[:3]) == {"request.made", "request.accepted", "delegation.details_saved"}


def test_details_that_were_changed_meanwhile_can_only_be_refused():
    delegation, _person = registered()
    request = ask(delegation, None, "details", expected_number=3)
    Delegation.objects.update(expected_number=5)

    with pytest.raises(services.ProposalStale):
        answer(request)
    answer(ChangeRequest.objects.get(), accept=False)

    assert (Delegation.objects.get().expected_number, ChangeRequest.objects.get().state) == (5, "refused")


def test_details_are_asked_for_once_until_they_are_answered():
    delegation, person = registered()
    ask(delegation, person, "edit", hotel="Specimen Inn")
    ask(delegation, None, "details", expected_number=3)

    with pytest.raises(services.AlreadyAsked):
        ask(delegation, None, "details", remarks="Another")
