"""Each letter is made once, although programs are killed and Redis is emptied or stopped meanwhile."""

import hashlib
import http.client
import os
import signal
import time
from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from redis import Redis as RedisClient

from documents import services, store
from documents.models import Batch, Document
from documents.services.planning import plan
from jobs.models import State
from tests.factories import EventMemberFactory, InvitationFactory, SignatoryFactory, TemplateFactory

LETTERS = 12
PATIENCE = 60  # seconds; long, so that a busy machine does not fail the test
TOKEN = "a" * 32


@pytest.fixture
def event():
    """An event with twelve invitations and a template."""
    template = TemplateFactory(event__slug="workshop")
    SignatoryFactory(template=template)
    InvitationFactory.create_batch(LETTERS, event=template.event)
    return template.event


@pytest.fixture
def organiser(event):
    return EventMemberFactory(event=event).user


def order(event, organiser):
    invited = [invitation.organisation for invitation in event.invitations.all()]
    return services.order_batch(event=event, organisations=invited, date=date(2026, 4, 23), actor=organiser)


def wait_until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < deadline, Document.objects.values_list("state", "error_code", "deaths")
        time.sleep(0.02)


def done():
    return Document.objects.filter(state=State.DONE).count()


def all_done():
    return done() == LETTERS


def assert_each_was_made_once():
    """Assert that there is one row for each invitation, each with its own file."""
    files = set(Document.objects.values_list("file_sha256", flat=True))
    assert Document.objects.count() == len(files) == LETTERS
    assert [sha256 for sha256 in files if not store.path(sha256).is_file()] == []


def connections_of_others():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchall()


def test_worker_keeps_its_connection_from_letter_to_letter(redis, worker, event, organiser):
    worker(concurrency=1)
    order(event, organiser)
    wait_until(done)
    (first,) = connections_of_others()

    wait_until(all_done)

    assert connections_of_others() == [first]


def test_lost_file_is_made_again_as_it_was(redis, worker, event, organiser):
    worker()
    order(event, organiser)
    wait_until(all_done)
    document = Document.objects.order_by("pk").first()
    path = store.path(document.file_sha256)
    path.unlink()

    services.order_files_again([document])

    wait_until(path.is_file)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == document.file_sha256
    assert Document.objects.get(pk=document.pk).finished_at == document.finished_at


def test_letters_survive_the_worker_that_is_killed_in_the_middle(redis, worker, sweeper, event, organiser):
    short = {"LETTERS_SOFT_LIMIT": "4", "LETTERS_HARD_LIMIT": "5", "LETTERS_LEASE": "6"}
    first = worker(concurrency=1, **short)
    order(event, organiser)
    wait_until(lambda: done() >= 3 and Document.objects.filter(state=State.RUNNING).exists())
    os.killpg(first.process.pid, signal.SIGKILL)
    made = dict(Document.objects.filter(state=State.DONE).values_list("pk", "finished_at"))
    assert len(made) < LETTERS

    sweeper()
    worker(**short)
    wait_until(all_done)

    assert_each_was_made_once()
    assert sum(Document.objects.values_list("deaths", flat=True)) == 1
    assert dict(Document.objects.filter(pk__in=made).values_list("pk", "finished_at")) == made


def test_letters_survive_a_redis_that_forgets_everything(redis, worker, sweeper, event, organiser):
    batch = order(event, organiser)
    plan(Batch.objects.claim(batch.pk))
    broker = RedisClient(unix_socket_path=urlsplit(settings.REDIS_URL).path)
    assert broker.llen("letters") == LETTERS
    broker.flushall()
    broker.close()

    sweeper()
    worker()
    wait_until(all_done)

    assert_each_was_made_once()


def test_letters_asked_for_while_redis_is_away_wait_and_are_made_when_it_is_back(
    redis_server, site, worker, sweeper, event, organiser
):
    browser = Browser(site(), organiser)
    asked = {"which": "all", "languages": "own", "chambers": "together", "date": "2026-04-23"}

    answer = browser.post("/en/desk/events/workshop/documents/letters/", asked)
    page = browser.get(answer.headers["Location"])

    assert (answer.status, page.status) == (302, 200)
    assert Batch.objects.get().state == State.QUEUED
    redis_server.start()
    try:
        sweeper()
        worker()
        wait_until(all_done)
    finally:
        redis_server.kill()
    assert_each_was_made_once()


class Browser:
    """A signed-in user of a site that runs in another process."""

    def __init__(self, address, user):
        client = Client()
        client.force_login(user)
        self.cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"
        self.address = urlsplit(address).netloc

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, fields):
        return self._ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": TOKEN}))

    def _ask(self, method, path, body=None):
        """Send a request and return the answer, which must come within five seconds."""
        connection = http.client.HTTPConnection(self.address, timeout=5)
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer
