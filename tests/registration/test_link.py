"""The personal link: what it opens, what it refuses, and that opening it changes nothing."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from jobs import outbox
from registration import links, services
from registration.models import Invitation
from tests.factories import EventFactory, StaffFactory, WindowFactory
from tests.registration.steps import address, give_address, issued_invitation, open_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    return issued_invitation()


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

    written = [
        query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
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
    return [
        good[:-1] + ("a" if good[-1] != "a" else "b"),
        good.upper(),
        good[:-1],
        "x",
        "ñ",
        "%00",
        "a" * 3000,
        " ",
    ]


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


@pytest.mark.slow
def test_too_many_links_from_one_place_are_paused(client, invitation):
    answers = [client.get("/en/invitation/aaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code for _ in range(121)]

    assert answers == [404] * 120 + [429]


def test_invitation_page_says_who_what_and_until_when(client, invitation):
    open_link(client, invitation)

    page = client.get("/en/invitation/").content.decode()

    assert f"<b>{invitation.organisation.name_en}</b>" in page
    assert "Specimen Workshop" in page
    assert "(Montevideo time)" in page
    assert "19 days left" in page


@pytest.mark.parametrize("count", [1, 3])
def test_invitation_page_query_count_is_flat(client, invitation, count, django_assert_num_queries):
    for _ in range(count):
        WindowFactory(event=EventFactory())
    open_link(client, invitation)

    # session, invitation with event and parliament, windows, extensions, delegation
    with django_assert_num_queries(5):
        client.get("/en/invitation/")


def test_outbox_knows_how_to_compute_the_link(invitation):
    link = outbox.secrets["invitation"](invitation.pk, "es")

    assert link == f"http://localhost:8000/es/invitation/{links.token(invitation.pk, 1)}/"
