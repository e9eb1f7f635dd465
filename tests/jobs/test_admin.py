"""Outgoing mail in the administration: state, reason, and retry."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from jobs.clock import database_now
from jobs.models import State
from tests.factories import StaffFactory, UserFactory
from tests.forms import admin_address, next_messages
from tests.jobs.rows import A_MINUTE, mail, update

pytestmark = pytest.mark.django_db
LIST = reverse("admin:jobs_outgoingmail_changelist")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


def test_list_shows_state_and_reason(client, staff):
    update(mail(), state=State.FAILED, error_code="no_connection", errors=3)

    page = client.get(LIST).content.decode()

    assert '<span class="tag tag-bad">failed</span>' in page
    assert "The mail server could not be reached." in page


def test_list_is_narrowed_by_what_was_sent_and_by_what_came_back(client, staff):
    sent, returned = mail(), mail()
    update(sent, state=State.DONE)
    update(returned, state=State.DONE, bounced_at=database_now())

    pages = {state: client.get(LIST, {"state": state}).context["cl"] for state in ("done", "returned")}

    assert {state: list(page.result_list) for state, page in pages.items()} == {
        "done": [sent],
        "returned": [returned],
    }


def test_list_is_narrowed_in_the_words_that_it_shows(client, staff):
    (states, _language) = client.get(LIST).context["cl"].filter_specs

    assert [str(word) for _state, word in states.lookup_choices] == [
        "draft",
        "waiting",
        "sending",
        "sent",
        "failed",
        "in doubt",
        "cancelled",
        "returned",
    ]


def test_list_says_since_when_the_oldest_waits(client, staff):
    update(mail(), not_before=database_now() - 5 * A_MINUTE)
    mail()

    assert "The oldest has been waiting for 5\u00a0minutes." in client.get(LIST).content.decode()


def test_list_says_nothing_when_nothing_waits(client, staff):
    update(mail(), state=State.DONE)

    assert "The oldest has been waiting" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("state", "offered"), [(state, state in {State.FAILED, State.IN_DOUBT}) for state in State]
)
def test_page_offers_another_try_for_what_has_failed(client, staff, state, offered):
    job = update(mail(), state=state)

    page = client.get(admin_address(job)).content.decode()

    assert (admin_address(job, "retry") in page) is offered


def test_page_of_a_mail_in_doubt_says_what_another_try_may_do(client, staff):
    job = update(mail(), state=State.IN_DOUBT)

    assert "trying again may deliver it twice" in client.get(admin_address(job)).content.decode()


def test_another_try_puts_the_mail_back(client, staff):
    job = update(mail(), state=State.FAILED)

    response = client.post(admin_address(job, "retry"))

    job.refresh_from_db()
    assert (response.url, job.state) == (admin_address(job), State.QUEUED)
    assert next_messages(response) == ["1 is tried again."]
    assert AuditEntry.objects.get().actor_id == staff.pk


def test_another_try_of_several_leaves_those_that_have_not_failed(client, staff):
    failed, doubtful, done = (
        update(mail(), state=state) for state in (State.FAILED, State.IN_DOUBT, State.DONE)
    )

    response = client.post(
        LIST, {"action": "retry_selected", "_selected_action": [failed.pk, doubtful.pk, done.pk]}
    )

    states = [type(job).objects.get(pk=job.pk).state for job in (failed, doubtful, done)]
    assert states == [State.QUEUED, State.QUEUED, State.DONE]
    assert next_messages(response) == ["2 are tried again.", "1 had not failed."]


def test_another_try_by_get_is_refused(client, staff):
    job = update(mail(), state=State.FAILED)

    assert client.get(admin_address(job, "retry")).status_code == 405
    job.refresh_from_db()
    assert job.state == State.FAILED


def test_mail_is_changed_added_and_removed_by_nobody(client, staff):
    job = mail()

    answers = [
        client.post(admin_address(job), {"subject": "Other"}),
        client.post(admin_address(job, "delete"), {"post": "yes"}),
        client.get(reverse("admin:jobs_outgoingmail_add")),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    job.refresh_from_db()
    assert job.subject != "Other"


def test_mail_text_that_would_run_is_shown(client, staff):
    job = mail(subject="<script>x</script>", text="<img src=x onerror=y>", html="<script>z</script>")

    pages = [client.get(url).content.decode() for url in (LIST, admin_address(job))]

    assert [("<script>x" in page, "<img src=x" in page, "<script>z" in page) for page in pages] == [
        (False,) * 3
    ] * 2
    assert "&lt;img src=x" in pages[1]


def test_mail_for_an_outsider_is_not_found(client):
    client.force_login(UserFactory())
    job = update(mail(), state=State.FAILED)

    assert [
        client.get(admin_address(job)).status_code,
        client.post(admin_address(job, "retry")).status_code,
    ] == [
        404,
        404,
    ]
    job.refresh_from_db()
    assert job.state == State.FAILED
