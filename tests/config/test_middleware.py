import sqlite3

import pytest
from allauth.mfa.models import Authenticator

from config.middleware import TooLargeForSQLite
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_page_for_a_visitor_may_be_kept(client):
    page = client.get("/en/privacy/")

    assert "no-store" not in page.get("Cache-Control", "")


def test_page_for_a_signed_in_person_is_stored_by_nobody(client):
    client.force_login(UserFactory())

    page = client.get("/en/privacy/")

    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize("path", ["/admin/", "/en/events/", "/en/desk/"])
def test_staff_without_second_factor_see_only_the_page_that_sets_one_up(client, settings, path):
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    client.force_login(StaffFactory())

    page = client.get(path)

    assert (page.status_code, page["Location"]) == (302, "/en/account/2fa/totp/activate/")


def test_staff_with_second_factor_enter(client, settings):
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    officer = StaffFactory()
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(officer)

    page = client.get("/admin/")

    assert page.status_code == 200


def test_others_need_no_second_factor(client, settings):
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    client.force_login(UserFactory())

    page = client.get("/en/privacy/")

    assert page.status_code == 200


def test_switch_of_a_page_without_language_is_remembered(client):
    client.get("/verify/?lang=es")

    page = client.get("/verify/")

    assert page.headers["Content-Language"] == "es"


@pytest.mark.parametrize("lang", ["de", "", "es'--", "../es"])
def test_unknown_language_changes_nothing(client, lang):
    page = client.get("/verify/", {"lang": lang})

    assert (page.headers["Content-Language"], "django_language" in page.cookies) == ("en", False)


@pytest.mark.parametrize(
    ("accepts", "address"), [("es-UY,es;q=0.9", "/es/"), ("fr", "/en/"), ("en-GB", "/en/")]
)
def test_front_door_leads_to_the_readers_language(client, accepts, address):
    page = client.get("/", headers={"accept-language": accepts})

    assert (page.status_code, page["Location"]) == (302, address)


@pytest.mark.parametrize(("digits", "status"), [(25, 404), (5, 200)])
def test_key_that_sqlite_cannot_hold_is_not_found(client, rf, digits, status):
    request, database = rf.get("/"), sqlite3.connect(":memory:")
    answer = client.get("/en/privacy/")

    try:
        database.execute("select ?", [int("9" * digits)])
    except OverflowError as error:
        answer = TooLargeForSQLite(lambda _request: answer).process_exception(request, error)

    assert answer.status_code == status


def test_other_error_stays_an_error(rf):
    middleware = TooLargeForSQLite(lambda request: None)

    assert middleware.process_exception(rf.get("/"), OverflowError("date value out of range")) is None
