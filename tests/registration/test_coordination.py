"""More coordinators by mutual consent, removal and hand-over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import sign_in
from accounts.models import AuditEntry, User
from jobs.models import OutgoingMail
from registration import links, rules, services
from registration.models import Candidate, Delegation, Invitation
from tests.factories import ContactFactory, DelegationFactory, StaffFactory, UserFactory, WindowFactory
from tests.race import at_once
from tests.registration.coordinating import claim, coordinators, invite, mails
from tests.registration.samples import verbs
from tests.registration.steps import issued_invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> User:
    return UserFactory(email="first@parliament.example")


@pytest.fixture
def second() -> User:
    return UserFactory(email="second@parliament.example")


@pytest.fixture
def delegation(first: User, second: User) -> Delegation:
    """A delegation with a first and a second coordinator."""
    return DelegationFactory(coordinators=[first, second])


# Inviting others


def test_invited_address_gets_the_way_in_and_sees_nothing_until_it_says_yes(delegation, first):
    joined = invite(delegation, first)

    third = User.objects.get(email="third@parliament.example")
    sent = OutgoingMail.objects.get()
    assert (joined, sent.kind, sent.to) == (False, "coordinator_invited", third.email)
    assert "http://localhost:8000/en/desk/" in sent.text
    assert not Delegation.objects.visible_to(third).exists()
    assert verbs() == ["user.added", "delegation.coordinator_invited"]


def test_invited_person_joins_once(delegation, first):
    invite(delegation, first)
    candidate = Candidate.objects.get()

    for _ in range(2):
        services.join_as_coordinator(candidate=candidate, user=candidate.user, language="es")

    assert coordinators(delegation) == [
        "first@parliament.example",
        "second@parliament.example",
        candidate.user.email,
    ]
    assert verbs().count("delegation.coordinator_joined") == 1
    assert not Candidate.objects.exists()
    assert Delegation.objects.get().lead == first
    assert User.objects.get(pk=candidate.user_id).language == "es"


def test_unused_address_is_forgotten_with_its_invitation_after_a_week(delegation, first):
    invite(delegation, first)
    User.objects.filter(email="third@parliament.example").update(date_joined="2020-01-01T00:00:00Z")

    sign_in.remove_unconfirmed()

    assert not User.objects.filter(email="third@parliament.example").exists()
    assert not Candidate.objects.exists()


def test_invitation_made_again_gives_a_new_account_a_new_week(delegation, first):
    invite(delegation, first)
    User.objects.filter(email="third@parliament.example").update(date_joined="2020-01-01T00:00:00Z")

    invite(delegation, first)
    sign_in.remove_unconfirmed()

    assert Candidate.objects.count() == 1


def test_week_old_invitation_can_no_longer_be_accepted(delegation, first, second):
    invite(delegation, first)
    candidate = Candidate.objects.get()
    later = timezone.now() + timedelta(days=7, minutes=1)

    with pytest.raises(rules.CandidateGone):
        services.join_as_coordinator(candidate=candidate, user=candidate.user, language="en", at=later)


def test_invitation_of_another_person_cannot_be_accepted(delegation, first):
    invite(delegation, first)

    with pytest.raises(rules.CandidateGone):
        services.join_as_coordinator(candidate=Candidate.objects.get(), user=UserFactory(), language="en")


def test_request_cannot_be_accepted_by_the_one_who_asks(delegation):
    asking = UserFactory()
    services.ask_to_join(delegation=delegation, user=asking)

    with pytest.raises(rules.CandidateGone):
        services.join_as_coordinator(candidate=Candidate.objects.get(), user=asking, language="en")


def test_coordinator_is_not_invited_again(delegation, first, second):
    with pytest.raises(rules.CoordinatesAlready):
        invite(delegation, first, second.email.upper())


def test_closed_account_is_not_invited(delegation, first):
    UserFactory(email="closed@parliament.example", is_active=False)

    with pytest.raises(rules.AccountClosed):
        invite(delegation, first, "closed@parliament.example")


def test_six_coordinators_are_the_most_invited_ones_included(delegation, first):
    for number in range(4):
        invite(delegation, first, f"more-{number}@parliament.example")

    with pytest.raises(rules.TooManyCoordinators):
        invite(delegation, first, "seventh@parliament.example")

    assert Candidate.objects.count() == 4


def test_two_yeses_in_either_order_make_a_coordinator(delegation, first):
    invited, asking = UserFactory(), UserFactory()
    invite(delegation, first, invited.email)
    services.ask_to_join(delegation=delegation, user=asking)

    at_once_by_asking = services.ask_to_join(delegation=delegation, user=invited)
    at_once_by_invitation = invite(delegation, first, asking.email)

    assert (at_once_by_asking, at_once_by_invitation) == (True, True)
    assert set(delegation.coordinators.all()) >= {invited, asking}
    assert not Candidate.objects.exists()


def test_invitation_is_answered_by_a_person_of_the_secretariat_too(delegation):
    assert invite(delegation, StaffFactory()) is False


# Asking


def test_asking_writes_to_the_first_coordinator_once_and_names_only_the_address(delegation, first):
    asking = UserFactory(email="asking@parliament.example", name="www.evil.example")

    for _ in range(3):
        services.ask_to_join(delegation=delegation, user=asking)

    sent = OutgoingMail.objects.get()
    assert (sent.kind, sent.to) == ("coordinator_asks", first.email)
    assert sent.text.startswith("asking@parliament.example has opened the personal link of your parliament")
    assert "evil" not in sent.subject + sent.text + sent.html
    assert f"http://localhost:8000/en/desk/delegations/{delegation.pk}/coordinators/" in sent.text
    assert verbs() == ["delegation.coordinator_asked"]


def test_admitted_person_coordinates_and_is_told(delegation, first):
    asking = UserFactory()
    services.ask_to_join(delegation=delegation, user=asking)

    services.admit_coordinator(candidate=Candidate.objects.get(), actor=first)

    assert asking.email in coordinators(delegation)
    assert mails("coordinator_admitted") == [asking.email]


def test_invitation_cannot_be_admitted_by_the_side_that_made_it(delegation, first):
    invite(delegation, first)

    with pytest.raises(rules.CandidateGone):
        services.admit_coordinator(candidate=Candidate.objects.get(), actor=first)


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize("who", ["first", "officer", "self"])
def test_either_side_ends_an_invitation_or_a_request(delegation, first, asks, who):
    candidate = delegation.candidates.create(user=UserFactory(), asks=asks)
    people = {"first": first, "officer": StaffFactory(), "self": candidate.user}

    services.dismiss_candidate(candidate=candidate, actor=people[who])

    assert not Candidate.objects.exists()
    assert verbs() == ["delegation.candidate_dismissed"]


# Removing and handing over


def test_first_coordinator_removes_another(delegation, first, second):
    services.remove_coordinator(delegation=delegation, user=second, actor=first)

    assert coordinators(delegation) == [first.email]
    assert not Delegation.objects.visible_to(second).exists()
    assert mails("coordinator_removed") == [second.email]


def test_second_coordinator_may_leave_and_the_first_may_not(delegation, first, second):
    with pytest.raises(rules.FirstCoordinatorStays):
        services.remove_coordinator(delegation=delegation, user=first, actor=first)

    services.remove_coordinator(delegation=delegation, user=second, actor=second)

    assert coordinators(delegation) == [first.email]
    assert mails("coordinator_removed") == []


def test_secretariat_removes_the_first_and_another_follows(delegation, first, second):
    ContactFactory(parliament=delegation.organisation.parliament)

    services.remove_coordinator(delegation=delegation, user=first, actor=StaffFactory())

    delegation.refresh_from_db()
    assert (delegation.lead, coordinators(delegation)) == (second, [second.email])
    assert OutgoingMail.objects.get(kind="coordinator").text.startswith(second.email)


def test_last_one_who_is_removed_cannot_come_back_by_the_link_they_know(first):
    invitation = issued_invitation()
    delegation = claim(invitation, first)
    known = links.token(invitation.pk, 1)

    services.remove_coordinator(delegation=delegation, user=first, actor=StaffFactory())

    delegation.refresh_from_db()
    assert (delegation.lead, coordinators(delegation)) == (None, [])
    assert links.find(known) is None
    with pytest.raises(rules.LinkReplaced):
        claim(invitation, first)
    assert claim(Invitation.objects.get(), UserFactory()) == delegation


def test_link_that_was_revoked_stays_revoked_when_the_last_one_is_removed(first):
    invitation = issued_invitation()
    delegation = claim(invitation, first)
    services.revoke_link(invitation=invitation, actor=StaffFactory())

    services.remove_coordinator(delegation=delegation, user=first, actor=StaffFactory())

    assert Invitation.objects.get().is_revoked


def test_first_coordinator_hears_that_the_secretariat_has_handed_over(delegation, first, second):
    OutgoingMail.objects.all().delete()

    services.hand_over(delegation=delegation, to=second, actor=StaffFactory())

    mails = OutgoingMail.objects.exclude(kind="handed_over").values_list("kind", "to")
    mail = OutgoingMail.objects.get(to=first.email)
    assert list(mails) == [("coordinator", first.email)]
    assert f"{second.email} will coordinate the delegation" in mail.text
    assert "you were the first coordinator until now" in mail.text


def test_hand_over_makes_another_the_first_and_tells_them_and_the_contacts(delegation, first, second):
    contact = ContactFactory(parliament=delegation.organisation.parliament)

    for _ in range(2):
        services.hand_over(delegation=delegation, to=second, actor=first)

    delegation.refresh_from_db()
    assert delegation.lead == second
    assert (mails("handed_over"), mails("coordinator")) == ([second.email], [contact.email])
    assert verbs() == ["delegation.handed_over"]


def test_whoever_handed_over_decides_nothing_any_more(delegation, first, second):
    services.hand_over(delegation=delegation, to=second, actor=first)

    with pytest.raises(rules.NotFirstCoordinator):
        services.remove_coordinator(delegation=delegation, user=second, actor=first)


def test_coordination_goes_to_a_coordinator_only(delegation, first):
    with pytest.raises(rules.CoordinatesNoMore):
        services.hand_over(delegation=delegation, to=UserFactory(), actor=first)


def test_without_a_first_each_coordinator_decides(delegation, first, second):
    first.delete()
    delegation.refresh_from_db()

    assert delegation.lead is None
    assert invite(delegation, second) is False


def moves(delegation: Delegation, candidate: Candidate, other: User) -> dict[str, object]:
    """Every action reserved to the first coordinator and the secretariat, as a function of `actor`."""
    return {
        "invite": lambda actor: invite(delegation, actor),
        "admit": lambda actor: services.admit_coordinator(candidate=candidate, actor=actor),
        "dismiss": lambda actor: services.dismiss_candidate(candidate=candidate, actor=actor),
        "remove": lambda actor: services.remove_coordinator(delegation=delegation, user=other, actor=actor),
        "hand over": lambda actor: services.hand_over(delegation=delegation, to=other, actor=actor),
    }


@pytest.mark.parametrize("move", ["invite", "admit", "dismiss", "remove", "hand over"])
@pytest.mark.parametrize("who", ["stranger", "second coordinator"])
def test_move_of_somebody_who_does_not_decide_is_refused(delegation, first, second, move, who):
    third = UserFactory()
    delegation.coordinators.add(third)
    candidate = delegation.candidates.create(user=UserFactory(), asks=True)
    actor = {"stranger": UserFactory(), "second coordinator": second}[who]

    with pytest.raises(rules.NotFirstCoordinator):
        moves(delegation, candidate, third)[move](actor)

    assert (AuditEntry.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("move", "verb"),
    [
        ("admit", "delegation.coordinator_joined"),
        ("dismiss", "delegation.candidate_dismissed"),
        ("remove", "delegation.coordinator_removed"),
        ("hand over", "delegation.handed_over"),
    ],
)
def test_twenty_twins_of_a_move_have_one_effect(move, verb):
    first, second = UserFactory.create_batch(2)
    delegation = DelegationFactory(coordinators=[first, second])
    candidate = delegation.candidates.create(user=UserFactory(), asks=True)
    act = moves(delegation, candidate, second)[move]

    at_once(20, lambda: act(first), rules.CandidateGone, rules.CoordinatesNoMore, rules.NotFirstCoordinator)

    assert verbs() == [verb]


@pytest.mark.django_db(transaction=True)
def test_twenty_who_join_at_once_are_one_coordinator():
    delegation = DelegationFactory(coordinators=[UserFactory()])
    candidate = delegation.candidates.create(user=UserFactory())

    at_once(20, lambda: services.join_as_coordinator(candidate=candidate, user=candidate.user, language="en"))

    assert (delegation.coordinators.count(), verbs()) == (2, ["delegation.coordinator_joined"])


@pytest.mark.django_db(transaction=True)
def test_twenty_invitations_at_once_leave_room_for_six():
    first = UserFactory()
    delegation = DelegationFactory(coordinators=[first])
    numbers = iter(range(20))

    at_once(20, lambda: invite(delegation, first, f"p{next(numbers)}@p.example"), rules.TooManyCoordinators)

    assert (Candidate.objects.count(), len(mails("coordinator_invited"))) == (5, 5)


@pytest.mark.django_db(transaction=True)
def test_twenty_requests_at_once_are_one_mail():
    delegation = DelegationFactory(coordinators=[UserFactory()])
    asking = UserFactory()

    at_once(20, lambda: services.ask_to_join(delegation=delegation, user=asking))

    assert len(mails("coordinator_asks")) == 1


# Groups of the secretariat


def test_group_without_an_organisation_is_coordinated_like_any_delegation():
    first = UserFactory()
    group = DelegationFactory(organisation=None, group="press", coordinators=[first])
    WindowFactory(event=group.event)

    invite(group, StaffFactory())
    candidate = Candidate.objects.get()
    services.join_as_coordinator(candidate=candidate, user=candidate.user, language="en")
    services.hand_over(delegation=group, to=candidate.user, actor=first)
    services.remove_coordinator(delegation=group, user=first, actor=candidate.user)

    group.refresh_from_db()
    assert (group.lead, coordinators(group)) == (candidate.user, [candidate.user.email])
    assert "the delegation of Press to the Specimen Workshop" in OutgoingMail.objects.earliest("pk").text
