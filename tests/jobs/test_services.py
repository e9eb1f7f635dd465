"""The end of a try, the number of tries, and the results of a mail server's answers."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.db.models.functions import Now
from django.utils.html import escape

from accounts.models import AuditEntry
from documents.models import Batch
from jobs import outbox, services
from jobs.clock import database_now
from jobs.models import MAX_ERRORS, OutgoingMail, State
from tests import servers
from tests.factories import StaffFactory
from tests.jobs.rows import batch, lost_job, mail, update
from tests.race import at_once

pytestmark = pytest.mark.django_db


def claimed(job):
    return type(job).objects.claim(job.pk)


def seconds_to_wait(job):
    return (job.not_before - database_now()) / timedelta(seconds=1)


@pytest.mark.parametrize(("errors", "least", "most"), [(0, 24, 36), (1, 48, 72)])
def test_fail_waits_longer_each_time(settings, errors, least, most):
    settings.JOB_RETRY_BASE = 15
    job = claimed(update(batch(), errors=errors))

    assert services.fail(job, code="no_room", text="") is True

    job.refresh_from_db()
    assert (job.state, job.errors, job.deaths) == (State.QUEUED, errors + 1, 0)
    assert least - 1 <= seconds_to_wait(job) <= most + 1


def test_fail_waits_an_hour_and_a_fifth_at_most(settings):
    settings.JOB_RETRY_BASE = 10_000
    job = claimed(batch())

    services.fail(job, code="no_room", text="")

    job.refresh_from_db()
    assert 2879 <= seconds_to_wait(job) <= 4321


def test_fail_for_the_last_time_is_the_end():
    job = claimed(update(batch(), errors=MAX_ERRORS - 1))

    services.fail(job, code="no_memory", text="")

    job.refresh_from_db()
    assert (job.state, job.errors) == (State.FAILED, MAX_ERRORS)
    assert job.reason == "It needed more memory than a document may have."


def test_fail_that_no_other_try_can_mend_is_the_end_at_once():
    job = claimed(batch())

    services.fail(job, code="bad_template", text="Unknown placeholder", permanent=True)

    job.refresh_from_db()
    assert (job.state, job.errors, job.reason) == (State.FAILED, 1, "Unknown placeholder")


def test_fail_by_a_worker_that_lost_the_row_changes_nothing():
    job = claimed(batch())
    update(job, fence=7)

    assert services.fail(job, code="no_room", text="") is False

    job.refresh_from_db()
    assert (job.state, job.errors) == (State.RUNNING, 0)


def test_fail_keeps_two_thousand_characters_of_a_long_reason():
    job = claimed(batch())

    services.fail(job, code="bad", text="x" * 5000)

    job.refresh_from_db()
    assert len(job.error_text) == 2000


@pytest.mark.parametrize("state", [State.FAILED, State.IN_DOUBT])
def test_retry_puts_the_row_back_with_all_its_tries(state):
    job = update(mail(), state=state, errors=3, error_code="550", error_text="No", finished_at=database_now())
    actor = StaffFactory()

    services.retry(job=job, actor=actor)

    job.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (job.state, job.errors, job.reason, job.finished_at) == (State.QUEUED, 0, "", None)
    assert (entry.verb, entry.actor_id, entry.changes) == (
        "job.retried",
        actor.pk,
        {"state": [state, "queued"], "reason": "550"},
    )
    assert claimed(job) is not None


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.DONE, State.CANCELLED])
def test_retry_of_what_has_not_failed_is_refused(state):
    job = update(mail(), state=state)

    with pytest.raises(services.JobNotRetryable):
        services.retry(job=job, actor=StaffFactory())

    job.refresh_from_db()
    assert (job.state, AuditEntry.objects.count()) == (state, 0)


@pytest.mark.django_db(transaction=True)
def test_retry_by_ten_at_once_happens_once():
    job, actor = update(mail(), state=State.FAILED), StaffFactory()

    outcomes = at_once(10, lambda: services.retry(job=job, actor=actor), services.JobNotRetryable)

    assert sum(isinstance(one, services.JobNotRetryable) for one in outcomes) == 9
    assert AuditEntry.objects.count() == 1


def test_give_up_ends_repeatable_work_with_its_reason():
    job = claimed(batch())

    services.end_killed(Batch.lanes[0].task, job.pk)

    job.refresh_from_db()
    assert (job.state, job.reason) == (State.FAILED, "It took too long and was stopped.")


def test_give_up_leaves_a_mail_in_doubt():
    job = claimed(mail())

    services.end_killed(OutgoingMail.lanes[0].task, job.pk)

    job.refresh_from_db()
    assert (job.state, job.reason) == (State.IN_DOUBT, "It took too long and was stopped.")


def test_give_up_on_what_has_ended_changes_nothing():
    job = update(batch(), state=State.DONE)

    services.end_killed(Batch.lanes[0].task, job.pk)

    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.DONE, "")


def test_oldest_waiting_is_the_first_that_is_due():
    assert services.oldest_waiting(OutgoingMail) is None
    old = database_now() - timedelta(minutes=5)
    update(mail(), not_before=old)
    mail()
    update(mail(), not_before=old - timedelta(minutes=5), state=State.DONE)

    assert services.oldest_waiting(OutgoingMail) == old


class Server:
    """A mail server with configurable answers, which records the messages that it accepts."""

    def __init__(self) -> None:
        self.recipient, self.data, self.hangs_up, self.taken = "250 OK", "250 OK", False, []
        self.refused = {}  # other answers, by address

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.refused.get(address, self.recipient)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope.original_content)
        if self.hangs_up:
            server.transport.abort()
            await asyncio.sleep(0)
        return self.data


@pytest.fixture
def server(settings) -> Iterator[Server]:
    settings.EMAIL_BACKEND = "jobs.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servers.free_port()
    answers = Server()
    controller = Controller(answers, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield answers
    controller.stop()


def delivered(job):
    services.deliver(job.pk)
    job.refresh_from_db()
    return job.state, job.errors, job.error_code


def test_deliver_to_a_server_that_takes_it_is_done_and_happens_once(server):
    job = mail()

    assert delivered(job) == (State.DONE, 0, "")
    assert delivered(job) == (State.DONE, 0, "")
    [text] = server.taken
    assert f"Message-ID: {job.message_id}".encode() in text
    assert b"Auto-Submitted: auto-generated" in text


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"recipient": "550 No such mailbox"}, (State.FAILED, 1, "550")),
        ({"recipient": "451 Try later"}, (State.QUEUED, 1, "451")),
        ({"data": "554 Refused"}, (State.FAILED, 1, "554")),
        ({"data": "452 No room"}, (State.QUEUED, 1, "452")),
        ({"hangs_up": True}, (State.IN_DOUBT, 0, "no_answer")),
    ],
)
def test_deliver_follows_what_the_server_answers(server, answers, expected):
    vars(server).update(answers)

    assert delivered(mail()) == expected


def test_deliver_again_bears_the_same_message_id(server):
    server.data = "451 Try later"
    job = mail()
    delivered(job)
    update(job, not_before=Now())
    server.data = "250 OK"

    assert delivered(job) == (State.DONE, 1, "")
    assert [message_from_bytes(one)["Message-ID"] for one in server.taken] == [job.message_id] * 2


def test_deliver_to_a_bad_address_does_not_stop_the_next(server):
    bad, good = mail(to="nobody@parliament.example"), mail()
    server.refused = {bad.to: "550 5.1.1 No such mailbox"}

    assert delivered(bad) == (State.FAILED, 1, "550")
    assert (delivered(good), bad.reason) == ((State.DONE, 0, ""), "550 5.1.1 No such mailbox")


COPY = "copy@parliament.example"


def test_deliver_reaches_the_addressee_though_a_copy_is_refused(server):
    server.refused = {COPY: "550 No such mailbox"}
    job = mail(cc=[COPY, "other@parliament.example"])

    assert delivered(job) == (State.DONE, 0, "copies")

    assert job.reason == (f"Not delivered to everybody who should have a copy: {COPY}: 550 No such mailbox")
    assert len(server.taken) == 1


@pytest.mark.parametrize("answer", ["550 No such mailbox", "451 Try later"])
def test_deliver_to_copies_alone_has_failed_and_is_not_tried_again(server, answer):
    """Another try would send the copies twice."""
    job = mail(cc=[COPY])
    server.refused = {job.to: answer}

    assert delivered(job) == (State.FAILED, 1, "refused")

    assert (job.reason, len(server.taken)) == (answer, 1)


def test_deliver_without_an_answer_is_not_tried_again(server):
    server.hangs_up = True
    job = mail()
    delivered(job)
    server.hangs_up = False

    assert delivered(job) == (State.IN_DOUBT, 0, "no_answer")
    assert len(server.taken) == 1


def test_deliver_to_a_server_that_is_away_waits(settings):
    settings.EMAIL_BACKEND = "jobs.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servers.free_port()
    job = mail()

    assert delivered(job) == (State.QUEUED, 1, "no_connection")
    assert job.reason == "The mail server could not be reached."


def test_deliver_of_what_no_server_can_take_fails_at_once(server):
    assert delivered(mail(subject="Two\nlines")) == (State.FAILED, 1, "not_written")
    assert server.taken == []


@pytest.mark.parametrize("kind", ["unknown", "gone"])
def test_deliver_of_what_cannot_be_written_fails_at_once(monkeypatch, caplog, kind):
    def gone(pk, *_language):
        raise LookupError(pk)

    monkeypatch.setitem(outbox.secrets, "gone", gone)
    job = mail(secret_kind=kind, secret_for=1)

    assert delivered(job) == (State.FAILED, 1, "not_written")
    assert django_mail.outbox == []
    assert (
        job.reason
        == "The mail could not be written: what it is about no longer exists, or an address is wrong."
    )


def test_deliver_writes_the_personal_link_only_into_the_message(monkeypatch):
    words = outbox.PERSONAL_LINK["es"]
    monkeypatch.setitem(
        outbox.secrets, "invitation", lambda pk, language: f"https://x.example/{language}/{pk}?a=1&b"
    )
    job = mail(secret_kind="invitation", secret_for=7, text=f"Su enlace: {words}", html=f"<p>{words}</p>")

    assert delivered(job) == (State.DONE, 0, "")

    [sent] = django_mail.outbox
    link = "https://x.example/es/7?a=1&b"
    assert sent.body == f"Su enlace: {link}"
    assert sent.alternatives[0].content == f"<p>{escape(link)}</p>"
    assert (job.text, job.html) == (f"Su enlace: {words}", f"<p>{words}</p>")


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.IN_DOUBT, State.RUNNING, State.CANCELLED])
def test_deliver_of_what_does_not_wait_sends_nothing(state):
    services.deliver(update(mail(), state=state).pk)

    assert django_mail.outbox == []


def test_deliver_of_a_lost_mail_sends_nothing():
    services.deliver(lost_job(mail()).pk)

    assert django_mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_deliver_by_ten_at_once_sends_one_message():
    job = mail()

    at_once(10, lambda: services.deliver(job.pk))

    job.refresh_from_db()
    assert (job.state, len(django_mail.outbox)) == (State.DONE, 1)
