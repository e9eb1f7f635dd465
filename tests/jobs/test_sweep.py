"""The sweeper notifies the workers of rows that wait, within a cap, and ends lost rows."""

import base64
import json
import signal
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from jobs import services
from jobs.clock import database_now
from jobs.models import MAX_DEATHS, OutgoingMail, State
from jobs.services import sweeping
from tests.jobs.rows import A_MINUTE, batch, lost_job, mail, update
from tests.race import at_once

pytestmark = pytest.mark.django_db


def queued_keys(broker, queue):
    """Return the keys of the rows whose messages are in a queue, in the order in which a worker takes them."""
    messages = [json.loads(one) for one in reversed(broker.lrange(queue, 0, -1))]
    return [arguments(message)[0][0] for message in messages]


def arguments(message):
    return json.loads(base64.b64decode(message["body"]))


def test_sweep_rings_for_each_row_that_waits_in_its_queue(broker):
    mails, batches = [mail(), mail()], [batch()]
    update(mail(), not_before=Now() + A_MINUTE)
    update(mail(), state=State.DONE)

    assert services.sweep() == 3

    assert queued_keys(broker, "mail") == [one.pk for one in mails]
    assert queued_keys(broker, "bulk") == [one.pk for one in batches]


def test_sweep_message_holds_one_number_and_nothing_else(broker):
    job = mail()
    services.sweep()

    message = json.loads(broker.lindex("mail", 0))

    assert arguments(message)[:2] == [[job.pk], {}]
    assert (message["content-type"], message["headers"]["task"]) == ("application/json", "jobs.send_mail")


@pytest.mark.parametrize(("waiting", "sent"), [(0, 24), (20, 4), (24, 0), (300, 0)])
def test_sweep_fills_a_queue_up_to_its_cap(broker, waiting, sent):
    for _number in range(30):
        mail()
    for number in range(waiting):
        broker.lpush("mail", f"message {number}")

    assert services.sweep() == sent
    assert broker.llen("mail") == waiting + sent


def test_sweep_again_and_again_stays_within_the_cap(broker):
    for _number in range(40):
        mail()

    assert [services.sweep() for _round in range(5)] == [24, 0, 0, 0, 0]


def test_sweep_rings_first_for_whom_it_has_not_rung(broker):
    jobs = [mail() for _number in range(30)]
    services.sweep()
    broker.delete("mail")

    services.sweep()

    assert queued_keys(broker, "mail")[:6] == [one.pk for one in jobs[24:]]


def test_sweep_of_a_full_queue_leaves_room_in_the_others(broker):
    for _number in range(40):
        broker.lpush("bulk", "message")
    job = mail()

    assert services.sweep() == 1
    assert queued_keys(broker, "mail") == [job.pk]


def test_sweep_rings_for_lost_work_that_may_be_done_again(broker):
    job = lost_job(batch(), deaths=MAX_DEATHS - 1)

    services.sweep()

    job.refresh_from_db()
    assert (job.state, queued_keys(broker, "bulk")) == (State.RUNNING, [job.pk])


def test_sweep_ends_work_that_lost_its_sixth_worker(broker):
    job = lost_job(batch(), deaths=MAX_DEATHS)

    services.sweep()

    job.refresh_from_db()
    assert (job.state, job.error_code, queued_keys(broker, "bulk")) == (State.FAILED, "worker_died", [])
    assert job.finished_at <= database_now()


def test_sweep_leaves_a_lost_mail_in_doubt_and_never_rings_for_it(broker):
    job = lost_job(mail())

    services.sweep()
    services.sweep()

    job.refresh_from_db()
    assert (job.state, job.error_code, queued_keys(broker, "mail")) == (State.IN_DOUBT, "worker_died", [])


def test_sweep_leaves_running_work_alone(broker):
    jobs = [type(one).objects.claim(one.pk) for one in (mail(), batch())]

    assert services.sweep() == 0

    assert [type(one).objects.get(pk=one.pk).state for one in jobs] == [State.RUNNING, State.RUNNING]


def test_sweep_without_a_broker_still_ends_what_was_lost(no_broker):
    """The first message that fails must not prevent the end of lost rows of other kinds."""
    dead, doubtful, waiting = lost_job(batch(), deaths=MAX_DEATHS), lost_job(mail()), mail()

    with pytest.raises(OperationalError):
        services.sweep()

    states = [type(one).objects.get(pk=one.pk).state for one in (dead, doubtful, waiting)]
    assert states == [State.FAILED, State.IN_DOUBT, State.QUEUED]


@pytest.fixture
def own_signals() -> Iterator[None]:
    """Restore pytest's signal handlers, which the command replaces with its own."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_sweep_rings_though_a_repair_fails(broker, monkeypatch, caplog):
    def mends_nothing():
        raise ValueError("a row that nobody foresaw")

    job = mail()
    monkeypatch.setattr(sweeping, "repairs", [mends_nothing])

    assert services.sweep() == 1

    assert queued_keys(broker, "mail") == [job.pk]
    assert "mends_nothing failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_sweep_command_without_a_broker_goes_on_and_says_so(no_broker, own_signals, caplog):
    mail()

    call_command("sweep", "--once")

    assert "broker unreachable, rows wait: OperationalError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_sweep_by_four_at_once_ends_each_lost_row_once(broker):
    lost_mails = [lost_job(mail()) for _number in range(5)]
    waiting = [mail() for _number in range(10)]

    at_once(4, services.sweep)

    states = [type(one).objects.get(pk=one.pk).state for one in lost_mails]
    assert states == [State.IN_DOUBT] * 5
    assert set(queued_keys(broker, "mail")) == {one.pk for one in waiting}


def test_every_state_of_the_sum_is_reached_and_none_is_lost(broker):
    """All posted mails are sent, in doubt, failed or waiting."""
    mail(), lost_job(mail()), update(mail(), state=State.FAILED), update(mail(), state=State.DONE)
    services.sweep()

    counted = sorted(OutgoingMail.objects.values_list("state", flat=True))
    assert counted == ["done", "failed", "in_doubt", "queued"]
