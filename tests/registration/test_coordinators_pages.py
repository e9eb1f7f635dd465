"""The pages of coordination: the list, the desk, and a second person with the link."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from jobs.models import OutgoingMail
from registration import rules, services
from registration.models import Candidate, Delegation
from tests.factories import (
    ContactFactory,
    DelegationFactory,
    EventFactory,
    InvitationFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.registration.office import said, text_of
from tests.registration.steps import code_in, give_address, give_code, issued_invitation, open_link

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def first() -> User:
    return UserFactory(email="first@parliament.example")


@pytest.fixture
def second() -> User:
    return UserFactory(email="second@parliament.example")


@pytest.fixture
def delegation(first: User, second: User) -> Delegation:
    delegation = DelegationFactory(coordinators=[first, second])
    WindowFactory(event=delegation.event)
    return delegation


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def page_of(delegation: Delegation, *below: object) -> str:
    tail = "".join(f"{part}/" for part in below)
    return f"/en/desk/delegations/{delegation.pk}/coordinators/{tail}"


def invite(browser: Client, delegation: Delegation, email: str = "third@parliament.example") -> Any:
    return browser.post(page_of(delegation), {"email": email}, follow=True)


def test_invited_person_signs_in_by_code_and_finds_the_delegation_on_the_desk(delegation, first, mailoutbox):
    told = said(invite(browser_of(first), delegation))
    browser = Client()

    asked = browser.post("/en/account/login/?next=/en/desk/", {"login": "third@parliament.example"})
    desk = text_of(give_code(browser, asked, code_in(mailoutbox[-1])))
    joined = browser.post(re.search(r"/en/desk/candidacies/\d+/join/", desk)[0], follow=True)

    assert told == ["An invitation is on its way to third@parliament.example."]
    assert str(delegation.organisation) in desk
    assert joined.redirect_chain[-1][0] == delegation.get_absolute_url()
    assert delegation.coordinators.filter(email="third@parliament.example").exists()


def test_who_may_not_invite_uses_up_nothing(delegation, first, second):
    for number in range(21):
        said(invite(browser_of(second), delegation, f"p{number}@parliament.example"))

    page = text_of(invite(browser_of(second), delegation))
    told = said(invite(browser_of(first), delegation))

    assert str(rules.NotFirstCoordinator.sentence) in page
    assert told == ["An invitation is on its way to third@parliament.example."]


def test_invited_person_may_say_no(delegation, first):
    third = UserFactory()
    invite(browser_of(first), delegation, third.email)

    answer = browser_of(third).post(f"/en/desk/candidacies/{Candidate.objects.get().pk}/refuse/", follow=True)

    assert said(answer) == ["You will not coordinate this delegation."]
    assert not Candidate.objects.exists()


def test_second_coordinator_sees_who_coordinates_and_no_verbs(delegation, first, second):
    page = text_of(browser_of(second).get(page_of(delegation)))

    assert [address in page for address in (first.email, second.email)] == [True, True]
    verbs = re.findall(r'action="([^"]+)"', page)
    assert verbs == ["/en/account/logout/", page_of(delegation, second.pk, "remove")]
    assert "Send the invitation" not in page


@pytest.mark.parametrize("who", ["first", "officer"])
def test_first_coordinator_and_officers_have_every_verb(delegation, first, second, who):
    people = {"first": first, "officer": StaffFactory()}
    asking = delegation.candidates.create(user=UserFactory(), asks=True)

    page = text_of(browser_of(people[who]).get(page_of(delegation)))

    verbs = {action.removeprefix(page_of(delegation)) for action in re.findall(r'action="([^"]+)"', page)}
    expected = {
        "/en/account/logout/",
        f"{second.pk}/remove/",
        f"{second.pk}/hand-over/",
        f"candidates/{asking.pk}/admit/",
        f"candidates/{asking.pk}/dismiss/",
    }
    assert verbs == expected | ({f"{first.pk}/remove/"} if who == "officer" else set())


def test_officer_acts_on_behalf_and_is_told_of_an_unknown_address(delegation, first, second):
    ContactFactory(parliament=delegation.organisation.parliament, email="office@elsewhere.example")
    officer = StaffFactory()

    page = text_of(browser_of(officer).get(page_of(delegation)))
    own = text_of(browser_of(first).get(page_of(delegation)))
    browser_of(officer).post(page_of(delegation, second.pk, "hand-over"))

    assert page.count("address unknown to us") == 2
    assert "address unknown to us" not in own
    assert Delegation.objects.get().lead == second
    assert AuditEntry.objects.get().actor_id == officer.pk


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        ("remove", "Nothing was changed: this person no longer coordinates the delegation."),
        ("hand-over", "second@parliament.example is the first coordinator now."),
    ],
)
def test_second_click_is_told_what_the_first_did(delegation, first, second, move, sentence):
    browser = browser_of(StaffFactory())

    answers = [browser.post(page_of(delegation, second.pk, move), follow=True) for _ in range(2)]

    assert said(answers[1]) == [sentence]


@pytest.mark.parametrize("move", ["admit", "dismiss"])
def test_second_click_on_a_request_is_told_that_it_is_gone(delegation, first, move):
    asking = delegation.candidates.create(user=UserFactory(), asks=True)
    browser = browser_of(first)

    answers = [
        browser.post(page_of(delegation, "candidates", asking.pk, move), follow=True) for _ in range(2)
    ]

    assert said(answers[1]) == ["Nothing was changed: this invitation or request is no longer open."]


def test_stranger_reaches_nothing_of_another_delegation(delegation, first, second):
    other = DelegationFactory(coordinators=[UserFactory()])
    foreign = other.candidates.create(user=UserFactory(), asks=True)
    addresses = [
        page_of(other),
        page_of(other, first.pk, "remove"),
        page_of(other, first.pk, "hand-over"),
        page_of(other, "candidates", foreign.pk, "admit"),
        page_of(other, "candidates", foreign.pk, "dismiss"),
    ]

    browser = browser_of(first)
    answers = [browser.post(address).status_code for address in addresses]
    browser.post(page_of(delegation, "candidates", foreign.pk, "dismiss"))

    assert answers == [404] * 5
    assert Candidate.objects.get() == foreign


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Enter the e-mail address of the person."),
        ("no-address", "Enter a valid email address."),
        ("ſpy@parliament.example", "Write the address in plain letters, without accents."),
        ('"https://evil.example"@p.example', "Addresses with quotation marks or slashes are not accepted."),
        ("evil.example/pay@p.example", "Addresses with quotation marks or slashes are not accepted."),
        ("second@parliament.example", "This person already coordinates the delegation."),
    ],
)
def test_bad_address_is_refused_at_its_field(delegation, first, email, sentence):
    response = invite(browser_of(first), delegation, email)

    assert list(response.context["form"].errors["email"]) == [sentence]
    assert "<title>Error: " in text_of(response)
    assert not OutgoingMail.objects.exists()


def test_one_address_gets_three_invitations_a_day(delegation, first):
    browser = browser_of(first)

    answers = [invite(browser, delegation, "Third@parliament.example") for _ in range(4)]

    assert OutgoingMail.objects.count() == 3
    assert list(answers[3].context["form"].errors["email"]) == [
        "Too many invitations were sent. Try again tomorrow."
    ]


# A second person with the link


def test_second_person_asks_and_the_first_lets_them_take_part(mailoutbox):
    invitation = issued_invitation()
    first = UserFactory(email="maria@parliament.example")
    delegation = services.claim_delegation(invitation=invitation, user=first, language="en")
    browser = Client()
    open_link(browser, invitation)

    before = text_of(browser.get("/en/invitation/"))
    asked = give_address(browser, "pedro@parliament.example")
    told = text_of(give_code(browser, asked, code_in(mailoutbox[-1])))
    answer = browser.post("/en/invitation/ask/", follow=True)
    candidate = Candidate.objects.get()
    browser_of(first).post(page_of(delegation, "candidates", candidate.pk, "admit"))

    assert ["m•••@parliament.example" in page for page in (before, told)] == [True, True]
    assert ["maria@" in page for page in (before, told)] == [False, False]
    assert 'action="/en/invitation/ask/"' in told
    assert said(answer) == ["We have asked the coordinator. You are told by e-mail when the answer is yes."]
    assert delegation.coordinators.filter(email="pedro@parliament.example").exists()


def test_asking_without_the_link_does_nothing(delegation):
    answer = browser_of(UserFactory()).post("/en/invitation/ask/")

    assert answer.url == "/en/invitation/"
    assert not Candidate.objects.exists()


def test_one_delegation_hears_ten_requests_a_day(mailoutbox):
    invitation = issued_invitation()
    services.claim_delegation(invitation=invitation, user=UserFactory(), language="en")
    answers = []
    for _ in range(11):
        browser = browser_of(UserFactory())
        open_link(browser, invitation)
        answers.append(browser.post("/en/invitation/ask/").status_code)

    assert answers == [302] * 10 + [429]
    assert OutgoingMail.objects.count() == 10


# The desk


def desk_of(user: User) -> str:
    return text_of(browser_of(user).get("/en/desk/"))


def test_desk_keeps_events_and_parliaments_apart(first):
    events = [EventFactory(title_en=title) for title in ("Young Parliamentarians", "Speakers")]
    for event in events:
        for _ in range(2):
            DelegationFactory(event=event, coordinators=[first])

    page = browser_of(first).get("/en/desk/")

    groups = [(str(event), len(those)) for event, those in page.context["groups"]]
    assert sorted(groups) == [("Speakers", 2), ("Young Parliamentarians", 2)]
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", text_of(page))
    assert sorted(headings) == ["Speakers", "Young Parliamentarians"]


@pytest.mark.parametrize("count", [1, 4])
def test_desk_costs_the_same_for_one_delegation_and_many(first, count, django_assert_num_queries):
    for _ in range(count):
        delegation = DelegationFactory(coordinators=[first])
        WindowFactory(event=delegation.event)
        InvitationFactory(organisation=delegation.organisation, token_hash=f"{delegation.pk:064}")
        DelegationFactory().candidates.create(user=first)
    browser = browser_of(first)

    with django_assert_num_queries(8):  # session, person, 3 of delegations, candidacies, invitations, events
        browser.get("/en/desk/")


def next_invitation(delegation: Delegation, **fields: object):
    """An invitation of the same parliament to another event."""
    return issued_invitation(organisation=delegation.organisation, **fields)


def test_next_invitation_is_on_the_desk_of_the_latest_coordinator(delegation, first):
    invitation = next_invitation(delegation)
    ContactFactory(parliament=delegation.organisation.parliament)
    browser = browser_of(first)

    desk = text_of(browser.get("/en/desk/"))
    begun = browser.post(f"/en/desk/invitations/{invitation.pk}/begin/")

    fresh = Delegation.objects.get(event=invitation.event)
    assert f'action="/en/desk/invitations/{invitation.pk}/begin/"' in desk
    assert "You do not have to attend." in desk
    assert begun.url == fresh.get_absolute_url()
    assert (fresh.lead, fresh.invitation) == (first, invitation)
    assert OutgoingMail.objects.get().kind == "coordinator"
    assert f"invitations/{invitation.pk}/begin" not in desk_of(first)


def test_second_click_on_beginning_leads_to_what_was_begun(delegation, first):
    invitation = next_invitation(delegation)
    browser = browser_of(first)

    begun = [browser.post(f"/en/desk/invitations/{invitation.pk}/begin/").url for _click in range(2)]

    assert begun == [Delegation.objects.get(event=invitation.event).get_absolute_url()] * 2


def test_coordinator_who_begins_second_is_told_that_another_coordinates(delegation, first, second):
    invitation = next_invitation(delegation)
    browser_of(first).post(f"/en/desk/invitations/{invitation.pk}/begin/")

    answer = browser_of(second).post(f"/en/desk/invitations/{invitation.pk}/begin/", follow=True)

    assert said(answer) == ["Another person already coordinates this delegation."]
    assert list(Delegation.objects.get(event=invitation.event).coordinators.all()) == [first]


def offered(user: User, invitation) -> list[int]:
    page = browser_of(user).get("/en/desk/")
    begun = browser_of(user).post(f"/en/desk/invitations/{invitation.pk}/begin/").status_code
    return [len(page.context["invitations"]), begun]


def test_next_invitation_is_not_offered_to_who_was_followed_or_removed(delegation, first, second):
    followed = DelegationFactory(organisation=delegation.organisation, coordinators=[UserFactory()])
    invitation = next_invitation(followed)

    answers = [offered(user, invitation) for user in (first, second, UserFactory())]

    assert answers == [[0, 404]] * 3


def test_next_invitation_leads_to_the_begun_registration_and_nowhere_once_revoked(delegation, first):
    taken, revoked = next_invitation(delegation), next_invitation(delegation)
    services.claim_delegation(invitation=taken, user=first, language="en")
    services.revoke_link(invitation=revoked, actor=StaffFactory())

    answers = [offered(first, one) for one in (taken, revoked)]

    assert answers == [[0, 302], [0, 404]]


@pytest.mark.parametrize(
    "fields", [{"status": "cancelled"}, {"first_day": "2020-01-01", "last_day": "2020-01-02"}]
)
def test_invitation_to_an_event_that_is_not_to_come_is_not_offered(delegation, first, fields):
    invitation = next_invitation(delegation, event=EventFactory(**fields))

    assert offered(first, invitation) == [0, 404]


def test_group_stands_on_the_desk_and_its_coordinators_page_opens(first):
    group = DelegationFactory(organisation=None, group="press", coordinators=[first])
    group.candidates.create(user=first)

    page = text_of(browser_of(StaffFactory()).get(page_of(group)))

    assert "Press" in desk_of(first)
    assert "Press" in page
    assert "address unknown" not in page
