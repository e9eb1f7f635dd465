"""Sign-in with a code, or with the password that only staff have."""

import re
import time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from jobs.models import OutgoingMail
from tests.jobs import rows

pytestmark = pytest.mark.django_db

PASSWORD = "specimen-of-a-password"


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("staff@secretariat.example", PASSWORD)


def test_address_alone_sends_a_code(client: Client, staff: User) -> None:
    response = client.post(reverse("account_login"), {"login": staff.email})

    assert response.headers["Location"] == reverse("account_confirm_login_code")
    assert [message.to for message in mail.outbox] == [[staff.email]]


def test_code_leaves_at_once_and_waits_in_no_queue(client: Client, staff: User) -> None:
    waiting = [rows.mail(paced=number % 2 == 0) for number in range(30)]

    client.post(reverse("account_login"), {"login": staff.email})

    assert [message.to for message in mail.outbox] == [[staff.email]]
    assert OutgoingMail.objects.count() == len(waiting)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Copy it from the latest e-mail, or start again to get another."),
        ("es", "Cópielo del correo más reciente o empiece de nuevo para recibir otro."),
    ],
)
def test_wrong_code_is_refused_with_what_to_do_next(
    client: Client, staff: User, language: str, sentence: str
) -> None:
    asked = client.post(f"/{language}/account/login/", {"login": staff.email})

    page = client.post(asked.headers["Location"], {"code": "AAAA-AAAA"})

    [error] = page.context["verify_form"].errors["code"]
    assert error.endswith(sentence)


def test_code_that_confirms_the_address_is_told_once(client: Client) -> None:
    person = User.objects.create_user("new@parliament.example")
    person.emailaddress_set.create(email=person.email, primary=True)
    asked = client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", str(mail.outbox[0].body))

    page = client.post(asked.headers["Location"], {"code": code[0] if code else ""}, follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Successfully signed in as new@parliament.example."
    ]


def test_password_of_staff_signs_in_without_a_code(client: Client, staff: User) -> None:
    response = client.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})

    assert response.headers["Location"] == reverse("after-sign-in")
    assert mail.outbox == []


def test_wrong_password_is_refused_and_the_address_kept(client: Client, staff: User) -> None:
    response = client.post(reverse("account_login"), {"login": staff.email, "password": "wrong"})

    assert response.context["form"].non_field_errors() == [
        "The email address and/or password you specified are not correct."
    ]
    assert response.context["form"]["login"].value() == staff.email
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("page", "field", "limit"), [("login", "login", 20), ("reset_password", "email", 10)]
)
@pytest.mark.slow
@pytest.mark.parametrize("address", ["staff@secretariat.example", "stranger@elsewhere.example"])
def test_mailbox_is_not_filled_from_the_sign_in_pages(
    staff: User, monkeypatch: pytest.MonkeyPatch, page: str, field: str, limit: int, address: str
) -> None:
    start = time.time()
    for minute in range(limit + 5):
        monkeypatch.setattr(time, "time", lambda now=start + 61 * minute: now)
        Client().post(reverse(f"account_{page}"), {field: address})

    assert [message.to for message in mail.outbox] == [[address]] * limit


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "http:evil.example",
    "http://[evil.example",
    "http://localhost/en/",
    "http://testserver/en/",
    "javascript:alert(1)",
    "@evil.example",
    "%2f%2fevil.example",
    "/%5cevil.example",
    "/..//evil.example",
    "/%2F%2Fevil.example",
    "/en/\r\nX-Evil: 1",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_that_is_no_page_of_ours_is_ignored(client: Client, staff: User, target: str) -> None:
    page = client.get(reverse("account_login"), {"next": target})
    signed_in = client.post(
        reverse("account_login"), {"login": staff.email, "password": PASSWORD, "next": target}
    )
    asked_again = client.get(reverse("account_login"), {"next": target})
    signed_out = client.post(reverse("account_logout"), {"next": target})

    assert page.status_code == 200
    assert [response.headers["Location"] for response in (signed_in, asked_again, signed_out)] == [
        reverse("after-sign-in"),
        reverse("after-sign-in"),
        reverse("events:home"),
    ]


@pytest.mark.parametrize("target", ["/admin/", "/en/desk/?page=2", "/es/events/"])
def test_next_that_is_a_page_of_ours_is_followed(client: Client, staff: User, target: str) -> None:
    response = client.post(
        reverse("account_login"), {"login": staff.email, "password": PASSWORD, "next": target}
    )

    assert response.headers["Location"] == target
