"""From the e-mail address to the coordinator: the code, and whom it makes coordinator."""

import re

import pytest
from django.test import Client

from accounts import sign_in
from accounts.models import AuditEntry, User
from events.models import Event
from registration import services
from registration.models import Delegation, Invitation
from tests.factories import DelegationFactory, StaffFactory, UserFactory
from tests.registration.steps import address, code_in, give_address, give_code, issued_invitation, open_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    return issued_invitation()


def test_first_answer_opens_the_invitation_once(client, invitation):
    open_link(client, invitation)

    give_address(client)
    first = Invitation.objects.get()
    give_address(client)

    second = Invitation.objects.get()
    assert first.state == "opened"
    assert second.opened_at == first.opened_at
    assert AuditEntry.objects.filter(verb="invitation.opened").count() == 1


def test_code_makes_the_first_person_the_coordinator(client, invitation, mailoutbox):
    open_link(client, invitation)

    asked = give_address(client, "Coordinator@Parliament.Example")
    landed = give_code(client, asked, code_in(mailoutbox[0]))

    delegation = Delegation.objects.get()
    user = User.objects.get()
    assert landed.redirect_chain[-1][0] == f"/en/desk/delegations/{delegation.pk}/"
    assert list(delegation.coordinators.all()) == [user]
    assert (delegation.organisation, delegation.event) == (invitation.organisation, invitation.event)
    assert delegation.invitation == invitation
    assert (user.email, user.has_usable_password()) == ("coordinator@parliament.example", False)
    assert list(user.emailaddress_set.values_list("email", "primary", "verified")) == [
        (user.email, True, True)
    ]
    assert mailoutbox[0].to == ["coordinator@parliament.example"]
    assert list(AuditEntry.objects.values_list("verb", "actor_id").order_by("pk")) == [
        ("invitation.opened", None),
        ("user.added", None),
        ("delegation.claimed", user.pk),
    ]


def test_coordinator_keeps_the_language_of_the_page(client, invitation, mailoutbox):
    client.get(address(invitation, "es"))

    asked = client.post("/es/invitation/", {"email": "coordinadora@parlamento.example"})
    give_code(client, asked, code_in(mailoutbox[0]))

    assert User.objects.get().language == "es"


def test_known_and_unknown_addresses_get_the_same_answer(client, invitation, mailoutbox):
    UserFactory(email="known@parliament.example")
    UserFactory(email="closed@parliament.example", is_active=False)
    answers = []
    for name in ("known", "unknown", "closed"):
        browser = Client()
        open_link(browser, invitation)
        asked = give_address(browser, f"{name}@parliament.example")
        page = browser.get(asked.url).content.decode()
        answers.append(
            (
                asked.status_code,
                asked.url,
                re.sub(rf"{name}@|csrfmiddlewaretoken.*?>|[0-9A-Z]{{10}}", "", page),
            )
        )

    assert answers[0] == answers[1] == answers[2]
    assert len(mailoutbox) == 3


def test_wrong_code_makes_nobody_coordinator(client, invitation, mailoutbox):
    open_link(client, invitation)

    give_code(client, give_address(client), "AAA-AAA")

    assert not Delegation.objects.exists()
    assert "_auth_user_id" not in client.session


def test_link_works_again_for_the_same_person(client, invitation, mailoutbox):
    for _ in range(2):
        browser = Client()
        open_link(browser, invitation)
        asked = give_address(browser)
        landed = give_code(browser, asked, code_in(mailoutbox[-1]))

    assert landed.status_code == 200
    assert Delegation.objects.get().coordinators.count() == 1
    assert AuditEntry.objects.filter(verb="delegation.claimed").count() == 1


def test_second_person_is_told_who_coordinates_and_nothing_changes(client, invitation, mailoutbox):
    first = UserFactory(email="maria@parliament.example")
    services.claim_delegation(invitation=invitation, user=first, language="en")
    open_link(client, invitation)

    told = give_code(client, give_address(client, "pedro@parliament.example"), code_in(mailoutbox[-1]))

    page = told.content.decode()
    assert told.status_code == 409
    assert "m•••@parliament.example" in page
    assert "maria@" not in page
    assert list(Delegation.objects.get().coordinators.all()) == [first]


def test_signed_in_person_goes_on_without_another_code(client, invitation, mailoutbox):
    user = UserFactory()
    client.force_login(user)
    open_link(client, invitation)

    landed = client.post("/en/invitation/", follow=True)

    assert landed.redirect_chain[-1][0] == Delegation.objects.get().get_absolute_url()
    assert list(Delegation.objects.get().coordinators.all()) == [user]
    assert mailoutbox == []


def test_claim_without_having_asked_for_it_does_nothing(client, invitation):
    client.force_login(UserFactory())
    open_link(client, invitation)

    response = client.get("/en/invitation/claim/")

    assert response.url == "/en/invitation/"
    assert not Delegation.objects.exists()


def test_claim_asked_for_by_another_person_does_nothing(client, invitation):
    open_link(client, invitation)
    give_address(client, "one@parliament.example")
    session = client.session
    claimed = dict(session["invitation"])
    client.force_login(UserFactory(email="two@parliament.example"))
    session = client.session
    session["invitation"] = claimed
    session.save()

    response = client.get("/en/invitation/claim/")

    assert response.url == "/en/invitation/"
    assert not Delegation.objects.exists()


def test_claim_signed_out_leads_to_sign_in(client):
    assert client.get("/en/invitation/claim/").url == "/en/account/login/?next=/en/invitation/claim/"


def test_coordinator_sees_the_way_to_their_registration(client, invitation):
    user = UserFactory()
    delegation = DelegationFactory(
        event=invitation.event, organisation=invitation.organisation, coordinators=[user]
    )
    client.force_login(user)
    open_link(client, invitation)

    page = client.get("/en/invitation/").content.decode()

    assert f'href="{delegation.get_absolute_url()}"' in page


@pytest.mark.parametrize(
    ("email", "sentences"),
    [
        ("", ["Enter your e-mail address."]),
        ("no-address", ["Enter a valid email address."]),
        ("a@b", ["Enter a valid email address."]),
        ("ſpy@parliament.example", ["Write the address in plain letters, without accents."]),
        ("user@exámple.example", ["Write the address in plain letters, without accents."]),
        ("a@p.example\x00", ["Enter a valid email address.", "Null characters are not allowed."]),
        ("x" * 300 + "@p.example", ["Ensure this value has at most 254 characters (it has 310)."]),
    ],
)
def test_bad_address_is_refused_with_a_sentence(client, invitation, mailoutbox, email, sentences):
    open_link(client, invitation)

    response = give_address(client, email)

    assert response.status_code == 200
    assert list(response.context["form"].errors["email"]) == sentences
    assert "<title>Error: " in response.content.decode()
    assert not User.objects.exists()
    assert mailoutbox == []


def test_look_alike_of_a_known_address_leads_to_another_account(client, invitation, mailoutbox):
    UserFactory(email="mike@parliament.example")
    open_link(client, invitation)

    give_address(client, "MIKE@parliament.example")

    assert [mail.to for mail in mailoutbox] == [["mike@parliament.example"]]
    assert User.objects.count() == 1


def test_one_link_sends_a_limited_number_of_codes(client, invitation, mailoutbox, settings):
    settings.LINK_LIMIT = (3, 3600)
    open_link(client, invitation)

    answers = [give_address(client, f"person-{n}@parliament.example").status_code for n in range(4)]

    assert answers == [302, 302, 302, 200]
    assert len(mailoutbox) == 3


def test_one_address_gets_a_limited_number_of_codes(client, invitation, mailoutbox):
    open_link(client, invitation)

    answers = [give_address(client, name).status_code for name in ["a@p.example", "A@p.example"] * 3]

    assert answers == [302] * 5 + [200]
    assert len(mailoutbox) == 5


def test_dead_mail_server_is_told_and_keeps_the_visitor_on_the_page(client, invitation, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    open_link(client, invitation)

    page = give_address(client).content.decode()

    assert "could not be sent" in page
    assert "Send me a code" in page


@pytest.mark.parametrize("status", [Event.Status.CANCELLED, Event.Status.POSTPONED, "over"])
def test_event_that_is_not_to_come_takes_no_answer(client, invitation, mailoutbox, status):
    days = {"first_day": "2020-01-01", "last_day": "2020-01-02"} if status == "over" else {"status": status}
    Event.objects.update(**days)
    open_link(client, invitation)

    response = give_address(client)

    page = response.content.decode()
    assert ("Delegations cannot be registered." in page, "days left" in page) == (True, False)
    assert mailoutbox == []
    assert Invitation.objects.get().state == "issued"


def test_unconfirmed_people_are_forgotten_after_a_week(client, invitation, mailoutbox):
    open_link(client, invitation)
    give_address(client, "never@parliament.example")
    User.objects.update(date_joined="2020-01-01T00:00:00Z")
    kept = [UserFactory(date_joined="2020-01-01T00:00:00Z"), StaffFactory(date_joined="2020-01-01T00:00:00Z")]
    coordinator = UserFactory(verified=False, date_joined="2020-01-01T00:00:00Z")
    DelegationFactory(coordinators=[coordinator])
    kept += [coordinator, User.objects.create_user("young@parliament.example")]

    sign_in.remove_unconfirmed()

    assert set(User.objects.all()) == set(kept)
