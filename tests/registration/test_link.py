"""The personal link: what it opens, what it refuses, and that opening it changes nothing."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, User
from events.models import Event
from jobs import outbox
from registration import links, services
from registration.models import Delegation, Invitation
from tests.factories import (
    DelegationFactory,
    EventFactory,
    InvitationFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    """Issued, with a link that works, to an event whose registration is open."""
    invitation = links.set_fingerprint(InvitationFactory())
    invitation.save()
    WindowFactory(event=invitation.event)
    return invitation


def address(invitation: Invitation, language: str = "en") -> str:
    """The path of the link as the mail has it."""
    return links.personal_link(invitation.pk, language).removeprefix("http://localhost:8000")


def open_link(client: Client, invitation: Invitation) -> None:
    client.get(address(invitation))


def code_in(mail: object) -> str:
    """The code of a sign-in mail."""
    return re.search(r"^\s*([A-Z0-9]{2,}-[A-Z0-9]{2,})\s*$", mail.body, re.MULTILINE)[1]


def give_address(client: Client, email: str = "coordinator@parliament.example"):
    return client.post(reverse("registration:invitation"), {"email": email})


def give_code(client: Client, response, code: str):
    return client.post(response.url, {"code": code}, follow=True)


def test_token_has_128_bits_and_is_stored_nowhere(invitation):
    token = links.token(invitation.pk, invitation.token_version)

    assert re.fullmatch("[a-z2-7]{26}", token)
    assert invitation.token_hash == links.fingerprint(token)
    assert token not in str(Invitation.objects.values())


def test_token_differs_by_invitation_version_and_key(invitation, settings):
    tokens = {links.token(1, 1), links.token(2, 1), links.token(1, 2), links.token(11, 1), links.token(1, 11)}
    settings.LINK_KEY = "another-key"

    assert len(tokens | {links.token(1, 1)}) == 6


def test_link_is_exchanged_for_a_clean_address(client, invitation):
    response = client.get(address(invitation))

    assert (response.status_code, response["Location"]) == (303, "/en/invitation/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_link_keeps_the_language_of_its_mail(client, invitation):
    assert client.get(address(invitation, "es"))["Location"] == "/es/invitation/"


def test_opening_a_link_writes_only_the_session(client, invitation):
    with CaptureQueriesContext(connection) as queries:
        client.get(address(invitation))
        client.get("/en/invitation/")

    written = [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert [sql for sql in written if "django_session" not in sql] == []
    invitation.refresh_from_db()
    assert (invitation.state, invitation.opened_at) == ("issued", None)
    assert Session.objects.count() == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_link_answers_to_get_alone(client, invitation, method):
    assert getattr(client, method)(address(invitation)).status_code == 405


def wrong_tokens() -> list[str]:
    good = links.token(1, 1)
    return [good[:-1] + ("a" if good[-1] != "a" else "b"), good.upper(), good[:-1], "x", "ñ", "%00", "a" * 3000, " "]


@pytest.mark.parametrize("token", wrong_tokens())
def test_forged_link_gets_the_page_of_words(client, invitation, token):
    response = client.get(f"/en/invitation/{token}/")

    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()
    assert "invitation" not in client.session


def test_replaced_link_gets_the_same_answer_as_a_forged_one(client, invitation):
    tokens = [links.token(invitation.pk, 1), "a" * 26]
    services.reissue_link(invitation=invitation, actor=StaffFactory())

    replaced, forged = (client.get(f"/en/invitation/{token}/") for token in tokens)

    pages = [
        re.sub(rf"{token}|[0-9A-Z]{{10}}", "", one.content.decode())
        for token, one in zip(tokens, (replaced, forged), strict=True)
    ]
    assert (replaced.status_code, forged.status_code) == (404, 404)
    assert pages[0] == pages[1]


def test_replaced_link_ends_the_session_that_it_opened(client, invitation):
    open_link(client, invitation)
    services.reissue_link(invitation=invitation, actor=StaffFactory())

    assert client.get("/en/invitation/").status_code == 404
    assert give_address(client).status_code == 404


def test_new_key_ends_all_links(client, invitation, settings):
    old = address(invitation)
    settings.LINK_KEY = "another-key"

    assert client.get(old).status_code == 404


def test_link_page_without_a_link_says_what_to_do(client):
    response = client.get("/en/invitation/")

    assert response.status_code == 404
    assert "What you can do" in response.content.decode()


def test_too_many_links_from_one_place_are_paused(client, invitation):
    answers = [client.get("/en/invitation/aaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code for _ in range(121)]

    assert answers == [404] * 120 + [429]


def test_invitation_page_says_who_what_and_until_when(client, invitation):
    open_link(client, invitation)

    page = client.get("/en/invitation/").content.decode()

    assert f"<b>{invitation.organisation.name_en}</b>" in page
    assert "Specimen Workshop" in page
    assert "(Montevideo time)" in page
    assert "20 days left" in page


@pytest.mark.parametrize("count", [1, 3])
def test_invitation_page_query_count_is_flat(client, invitation, count, django_assert_num_queries):
    for _ in range(count):
        WindowFactory(event=EventFactory())
    open_link(client, invitation)

    with django_assert_num_queries(3):  # session, invitation with event and parliament, windows
        client.get("/en/invitation/")


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
    assert list(user.emailaddress_set.values_list("email", "primary", "verified")) == [(user.email, True, True)]
    assert mailoutbox[0].to == ["coordinator@parliament.example"]
    assert list(AuditEntry.objects.values_list("verb", "actor_id").order_by("pk")) == [
        ("invitation.opened", None),
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
        answers.append((asked.status_code, asked.url, re.sub(rf"{name}@|csrfmiddlewaretoken.*?>|[0-9A-Z]{{10}}", "", page)))

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


@pytest.mark.parametrize("status", [Event.Status.CANCELLED, "over"])
def test_event_that_is_not_to_come_takes_no_answer(client, invitation, mailoutbox, status):
    days = {"first_day": "2020-01-01", "last_day": "2020-01-02"} if status == "over" else {"status": status}
    Event.objects.update(**days)
    open_link(client, invitation)

    response = give_address(client)

    assert "Delegations can no longer be registered." in response.content.decode()
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

    call_command("remove_unconfirmed")

    assert set(User.objects.all()) == set(kept)


def test_outbox_knows_how_to_compute_the_link(invitation):
    link = outbox.secrets["invitation"](invitation.pk, "es")

    assert link == f"http://localhost:8000/es/invitation/{links.token(invitation.pk, 1)}/"
