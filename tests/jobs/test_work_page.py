"""The page of background work: its health, the failed jobs, and the buttons of each row."""

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import AuditEntry
from jobs import presence
from jobs.models import State
from jobs.presence import Worker
from registration.models import LinkRequest
from tests.factories import InvitationFactory, StaffFactory
from tests.forms import next_messages
from tests.jobs.rows import A_MINUTE, batch, mail, update

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:work")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


def act(client, job, verb):
    return client.post(PAGE, {"job": f"{job._meta.label_lower}:{job.pk}", "verb": verb})


def test_page_says_that_redis_is_away_and_that_nothing_is_lost(no_broker, client, staff):
    page = client.get(PAGE).content.decode()

    assert "Redis cannot be reached: jobs wait in the database." in page
    assert "Nothing is lost: jobs wait in the database" in page


def test_page_names_workers_and_is_content(broker, client, staff):
    presence.write_note(Worker("letters@one", ("letters", "bulk"), 2))

    page = client.get(PAGE).content.decode()

    assert "All is well: what waits is being done." in page
    assert "letters@one" in page


def test_page_shows_what_failed_with_its_reason_and_what_waits(broker, client, staff):
    update(mail(subject="Invitation"), state=State.FAILED, error_code="550", error_text="No such mailbox")
    waiting = update(batch(), not_before=Now() - A_MINUTE)

    page = client.get(PAGE).content.decode()

    assert "No such mailbox" in page
    assert page.count(">Try again<") == 1
    assert f'value="documents.batch:{waiting.pk}"' in page


def test_try_again_puts_the_row_back(no_broker, client, staff):
    failed = update(mail(subject="Invitation"), state=State.FAILED)

    response = act(client, failed, "retry")

    failed.refresh_from_db()
    assert (response.url, next_messages(response), failed.state) == (
        PAGE,
        ["Invitation is tried again."],
        State.QUEUED,
    )


def test_take_back_ends_what_waits(no_broker, client, staff):
    waiting = mail(subject="Invitation")

    response = act(client, waiting, "abort")

    waiting.refresh_from_db()
    assert (next_messages(response), waiting.state) == (["Invitation was taken back."], State.CANCELLED)
    assert AuditEntry.objects.get().verb == "job.aborted"


def test_take_back_of_what_has_begun_changes_nothing(no_broker, client, staff):
    begun = update(mail(subject="Invitation"), state=State.RUNNING)

    response = act(client, begun, "abort")

    begun.refresh_from_db()
    assert next_messages(response) == ["Invitation has moved on meanwhile: nothing was changed."]
    assert begun.state == State.RUNNING


def test_work_without_a_page_of_its_own_is_tried_again_too(no_broker, client, staff):
    failed = update(LinkRequest.objects.create(invitation=InvitationFactory()), state=State.FAILED)

    act(client, failed, "retry")

    failed.refresh_from_db()
    assert failed.state == State.QUEUED


@pytest.mark.parametrize(
    "key",
    [
        "",
        "jobs.outgoingmail:",
        "jobs.outgoingmail:x",
        "accounts.user:1",
        "jobs.outgoingmail:999",
        "jobs.outgoingmail:" + "9" * 5000,
    ],
)
def test_row_that_is_not_there_is_not_found(no_broker, client, staff, key):
    assert client.post(PAGE, {"job": key, "verb": "retry"}).status_code == 404


@pytest.mark.parametrize("verb", ["", "release"])
def test_verb_that_the_page_has_not_is_not_found_and_does_nothing(no_broker, client, staff, verb):
    job = update(mail(), state=State.FAILED)

    assert act(client, job, verb).status_code == 404

    job.refresh_from_db()
    assert job.state == State.FAILED
