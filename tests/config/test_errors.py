"""Error pages show no technical details, and each error has the reference number that is in the log."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from django.urls import path

from accounts.trace import LineFormatter
from config import urls as site
from events import views as event_views
from registration import links
from registration.models import Participant
from tests.factories import ParticipantFactory, StaffFactory, UserFactory

DIAGNOSTIC = (
    "Traceback",
    "Exception",
    "/site-packages",
    "OperationalError",
    "settings",
    "sqlite",
    "psycopg",
    "Django",
)


def broken(request):
    raise OperationalError("connection to server on socket /var/run/.s.PGSQL failed")


def bad(request):
    raise SuspiciousOperation("secret detail")


def forbidden(request):
    raise PermissionDenied("secret detail")


urlpatterns = [
    *site.urlpatterns,
    *(
        path(f"{language}/{name}/", view)
        for language in ("en", "es")
        for name, view in (("broken", broken), ("bad", bad), ("forbidden", forbidden))
    ),
]
handler400, handler403, handler404, handler500 = (
    site.handler400,
    site.handler403,
    site.handler404,
    site.handler500,
)


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("name", "status"), [("broken", 500), ("bad", 400), ("forbidden", 403), ("nothing", 404)]
)
def test_error_page_shows_its_reference_and_nothing_else(visitor, caplog, language, name, status):
    with caplog.at_level(logging.DEBUG):
        page = visitor.get(f"/{language}/{name}/")

    text = page.content.decode()
    assert page.status_code == status
    assert page["X-Request-ID"] in text
    assert [word for word in DIAGNOSTIC if word in text] == []
    assert "secret detail" not in text


@pytest.mark.django_db
def test_error_at_an_address_without_a_language_is_in_the_language_of_the_reader(visitor):
    page = visitor.get("/verify/a/b/", headers={"accept-language": "es"})

    assert "<h1>Página no encontrada</h1>" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["broken", "bad", "forbidden", "nothing"])
def test_error_is_logged_with_the_reference_that_the_visitor_sees(visitor, caplog, name):
    page = visitor.get(f"/en/{name}/")

    assert {record.request_id for record in caplog.records} == {page["X-Request-ID"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["puuk4ero3c5hnteb6wpzfyle7a", "puuk4ero3c5hnteb6wpzfyle7", "PUUK4ERO3C5HNTEB6WPZFYLE7A."]
)
def test_token_of_a_personal_link_stands_in_no_line_of_the_log(visitor, caplog, monkeypatch, token):
    """The database fails while the link is opened, and Django logs the URL of the failed request."""

    def away(*args, **kwargs):
        raise OperationalError(f"no answer about /es/invitation/{token}/")

    monkeypatch.setattr(links, "find", away)

    visitor.get(f"/es/invitation/{token}/")

    lines = [LineFormatter("%(message)s").format(record) for record in caplog.records]
    assert lines[0].splitlines()[0] == "Internal Server Error: /es/invitation/[personal link]/"
    assert [line for line in lines if token in line] == []


@pytest.mark.django_db
def test_row_that_the_database_refuses_stands_in_no_line_of_the_log(caplog):
    person = ParticipantFactory(passport_number="SPECIMEN-7", biography="First line\nsecond line")
    try:
        with transaction.atomic():
            Participant.objects.filter(pk=person.pk).update(given_names="", family_names="")
    except IntegrityError:
        logging.getLogger("django.request").exception("refused")

    [line] = [LineFormatter("%(message)s").format(record) for record in caplog.records]

    assert "Failing row contains [row]" in line
    assert [word for word in ("SPECIMEN-7", "second line") if word in line] == []


def test_console_writes_lines_without_tokens(settings):
    handler, formatter = (settings.LOGGING[name] for name in ("handlers", "formatters"))

    assert formatter[handler["console"]["formatter"]]["()"] == f"{LineFormatter.__module__}.LineFormatter"


@pytest.mark.django_db
def test_database_down_shows_the_error_page(visitor, monkeypatch):
    """The database fails while the home page reads its events."""

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(event_views.Event.objects, "public", away)

    page = visitor.get("/en/")

    assert page.status_code == 500
    assert [word for word in DIAGNOSTIC if word in page.content.decode()] == []


@pytest.mark.django_db
def test_unknown_host_is_a_bad_request(visitor):
    page = visitor.get("/en/", headers={"host": "evil.example"})

    assert page.status_code == 400


@pytest.mark.django_db
def test_post_without_token_is_refused_with_a_page(settings):
    settings.DEBUG = False
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    visitor.force_login(UserFactory())

    page = visitor.post("/en/account/logout/")

    assert (page.status_code, page["X-Request-ID"] in page.content.decode()) == (403, True)


@pytest.mark.django_db
def test_nul_in_the_filter_of_a_list_is_a_bad_request(client):
    client.force_login(StaffFactory())

    assert client.get("/admin/registration/delegation/?status__exact=%00").status_code == 400
