"""Accepting and declining an invitation: who may, until when, and what the pages show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Event, Window
from jobs.models import OutgoingMail
from registration import rules, services
from registration.models import Delegation, Invitation
from tests.factories import (
    DelegationFactory,
    ExtensionFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.race import at_once
from tests.registration.office import page_of, text_of
from tests.registration.samples import submit
from tests.registration.steps import issued_invitation, open_link

pytestmark = pytest.mark.django_db

ACCEPTED, DECLINED = "accepted", "declined"


@pytest.fixture
def invitation() -> Invitation:
    return issued_invitation()


def delegation_of(invitation: Invitation, *coordinators: object, **fields: object) -> Delegation:
    return DelegationFactory(
        event=invitation.event,
        organisation=invitation.organisation,
        invitation=invitation,
        coordinators=coordinators,
        **fields,
    )


def answer(client: Client, state: str, word: str = "", language: str = "en"):
    return client.post(f"/{language}/invitation/answer/", {"state": state, "answer": word}, follow=True)


def close_registration() -> None:
    Window.objects.update(opens_at="2020-01-01T00:00:00Z", closes_at="2020-01-03T03:00:00Z")


@pytest.mark.parametrize(
    ("state", "sentence"), [(ACCEPTED, "Invitation accepted"), (DECLINED, "Invitation declined")]
)
def test_answer_from_the_link_is_kept_with_its_word(client, invitation, state, sentence):
    open_link(client, invitation)

    page = text_of(answer(client, state, "With <b>pleasure</b>"))

    invitation.refresh_from_db()
    assert (invitation.state, invitation.answer) == (state, "With <b>pleasure</b>")
    assert invitation.opened_at == invitation.answered_at
    assert sentence in page
    assert "With &lt;b&gt;pleasure&lt;/b&gt;" in page
    assert list(AuditEntry.objects.values_list("verb", "actor_id")) == [(f"invitation.{state}", None)]
    assert OutgoingMail.objects.count() == 0


def test_answer_can_be_changed_while_registration_is_open(client, invitation):
    open_link(client, invitation)

    for state in (DECLINED, ACCEPTED, DECLINED):
        answer(client, state)

    assert Invitation.objects.get().state == DECLINED
    assert AuditEntry.objects.count() == 3


def test_other_answer_begins_without_the_word_of_the_first(client, invitation):
    open_link(client, invitation)

    page = answer(client, DECLINED, "A session keeps us")

    assert page.context["answer_form"]["answer"].value() is None


def test_answer_given_twice_is_one_line_of_the_trail(client, invitation):
    open_link(client, invitation)

    for _ in range(2):
        answer(client, ACCEPTED, "Yes")

    assert AuditEntry.objects.count() == 1


def test_first_answer_is_taken_after_the_close_and_then_stays(client, invitation):
    close_registration()
    open_link(client, invitation)

    answer(client, ACCEPTED)
    page = text_of(answer(client, DECLINED))

    assert Invitation.objects.get().state == ACCEPTED
    assert "the answer can no longer be changed here" in page
    assert 'value="declined"' not in page


def test_extension_keeps_the_answer_open(invitation):
    services.accept_invitation(invitation=invitation, answer="", actor=None)
    close_registration()
    ExtensionFactory(event=invitation.event, organisation=invitation.organisation)

    services.decline_invitation(invitation=invitation, answer="", actor=None)

    assert Invitation.objects.get().state == DECLINED


@pytest.mark.parametrize("status", [Event.Status.CANCELLED, Event.Status.POSTPONED])
def test_event_that_is_off_takes_no_answer(invitation, status):
    Event.objects.update(status=status)

    with pytest.raises(rules.EventNotHeld):
        services.accept_invitation(invitation=invitation, answer="", actor=None)


def test_event_that_is_over_takes_no_answer(invitation):
    Event.objects.update(first_day="2020-01-01", last_day="2020-01-02")

    with pytest.raises(rules.AnswerFinal):
        services.accept_invitation(invitation=invitation, answer="", actor=None)


def test_declined_invitation_shows_no_way_to_register(client, invitation):
    open_link(client, invitation)

    page = text_of(answer(client, DECLINED))

    assert "Send me a code" not in page
    assert "Accept the invitation" in page


def test_declined_invitation_cannot_be_claimed(invitation):
    services.decline_invitation(invitation=invitation, answer="", actor=None)

    with pytest.raises(rules.InvitationDeclined):
        services.claim_delegation(invitation=invitation, user=UserFactory(), language="en")

    assert not Delegation.objects.exists()


def test_stranger_with_the_link_does_not_answer_for_those_who_coordinate(client, invitation):
    delegation_of(invitation, UserFactory(email="maria@parliament.example"))
    open_link(client, invitation)

    page = text_of(client.get("/en/invitation/"))
    told = text_of(answer(client, DECLINED))

    assert "m•••@parliament.example" in page
    assert 'value="declined"' not in page
    assert "Another person already coordinates this delegation." in told
    assert Invitation.objects.get().state == "issued"


@pytest.mark.parametrize("who", ["first", "second", "officer"])
def test_coordinators_and_officers_answer_from_the_desk(client, invitation, who):
    people = {"first": UserFactory(), "second": UserFactory(), "officer": StaffFactory()}
    delegation_of(invitation, people["first"], people["second"])
    client.force_login(people[who])

    client.post(f"/en/desk/invitations/{invitation.pk}/", {"state": ACCEPTED, "answer": "Yes"})

    assert Invitation.objects.get().state == ACCEPTED
    assert AuditEntry.objects.get().actor_id == people[who].pk


def test_stranger_finds_no_invitation_on_the_desk(client, invitation):
    client.force_login(UserFactory())

    answers = [
        client.get(f"/en/desk/invitations/{invitation.pk}/").status_code,
        client.post(f"/en/desk/invitations/{invitation.pk}/", {"state": ACCEPTED}).status_code,
        client.get("/en/desk/invitations/999999/").status_code,
    ]

    assert answers == [404, 404, 404]


@pytest.mark.parametrize("status", ["submitted", "confirmed"])
def test_registered_delegation_is_withdrawn_before_it_is_declined(invitation, status):
    coordinator = UserFactory()
    delegation_of(invitation, coordinator, status=status)

    with pytest.raises(rules.RegisteredAlready):
        services.decline_invitation(invitation=invitation, answer="", actor=coordinator)


def test_submitting_says_yes_where_nobody_has_said_it(invitation):
    coordinator = UserFactory()
    delegation = delegation_of(invitation, coordinator)
    at = timezone.now()

    for _ in range(2):
        services.accept_by_registering(delegation=delegation, actor=coordinator, at=at)

    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_at) == (ACCEPTED, at)
    assert AuditEntry.objects.get().verb == "invitation.accepted"


def test_answer_with_a_link_replaced_meanwhile_is_refused(invitation):
    services.reissue_link(invitation=invitation, actor=StaffFactory())

    with pytest.raises(rules.LinkReplaced):
        services.accept_invitation(invitation=invitation, answer="", actor=None)


@pytest.mark.parametrize("data", [{}, {"state": "opened"}, {"state": "accepted", "answer": "x" * 1001}])
def test_bad_answer_is_refused_at_its_form(client, invitation, data):
    open_link(client, invitation)

    response = client.post("/en/invitation/answer/", data)

    assert response.status_code == 200
    assert Invitation.objects.get().state == "issued"
    assert "<title>Error: " in text_of(response)


@pytest.mark.parametrize("word", ["a\x00b", "\u202eevil", "x\ufffdy"])
def test_word_that_cannot_be_printed_writes_nothing(client, invitation, word):
    open_link(client, invitation)

    answer(client, ACCEPTED, word)

    assert Invitation.objects.get().answer in {"", "evil"}


@pytest.mark.slow
def test_answers_of_one_invitation_are_limited(client, invitation):
    open_link(client, invitation)

    pages = [text_of(answer(client, state)) for state in (ACCEPTED, DECLINED) * 11]

    assert AuditEntry.objects.count() == 20
    assert "The answer was changed too often." in pages[-1]


def test_accept_stage_names_its_own_deadline(client, invitation):
    closes = timezone.now() + timedelta(days=3)
    WindowFactory(event=invitation.event, stage=Window.Stage.ACCEPT, closes_at=closes)
    open_link(client, invitation)

    assert "Please answer by" in text_of(client.get("/en/invitation/"))


def test_administration_shows_the_answer(client, invitation):
    services.decline_invitation(invitation=invitation, answer="Elections that week.", actor=None)
    client.force_login(StaffFactory())

    page = text_of(client.get(page_of("invitation", "change", invitation.pk)))

    assert "declined" in page
    assert "Elections that week." in page


def test_submitted_registration_accepts_the_invitation(invitation):
    delegation = delegation_of(invitation, UserFactory())
    ParticipantFactory(delegation=delegation, role="head", function="Member", status="draft")

    submit(delegation)

    assert Invitation.objects.get().state == ACCEPTED


def test_officer_who_answers_does_so_on_behalf(invitation):
    services.accept_invitation(invitation=invitation, answer="By telephone.", actor=StaffFactory())

    assert AuditEntry.objects.get().changes == {"on_behalf": True}


@pytest.mark.django_db(transaction=True)
def test_twenty_answers_at_once_are_one():
    invitation = issued_invitation()

    at_once(20, lambda: services.accept_invitation(invitation=invitation, answer="Yes", actor=None))

    assert AuditEntry.objects.filter(verb="invitation.accepted").count() == 1
