"""The health of background work, as shown to the secretariat, to a monitor and to visitors."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from jobs import presence, services
from jobs.models import State
from jobs.presence import Worker
from tests.factories import StaffFactory
from tests.jobs.rows import A_MINUTE, batch, lost_job, mail, update

pytestmark = pytest.mark.django_db
AWAY = "Redis cannot be reached: jobs wait in the database."


@pytest.fixture
def workers(broker):
    """Workers for all queues."""
    presence.write_note(Worker("letters@one", ("letters", "bulk"), 2))
    presence.write_note(Worker("mail@one", ("mail", "mailings"), 1))


def queue(name):
    return next(one for one in services.get_health().queues if one.name == name)


def test_reasons_of_a_site_that_is_well_are_none(workers):
    assert services.get_health().reasons == []


def test_reasons_without_redis_say_so_and_accuse_nobody(no_broker):
    update(mail(), not_before=Now() - A_MINUTE / 2)

    assert services.get_health().reasons == [AWAY]


def test_queue_counts_what_is_due_in_progress_and_later(workers):
    first = update(mail(), not_before=Now() - A_MINUTE / 2)
    mail(), update(mail(), not_before=Now() + A_MINUTE), mail(state=State.DRAFT), mail(paced=True)
    services.rows_of(type(first)).claim(mail().pk)
    update(mail(), state=State.DONE)

    mails = queue("mail")

    assert (mails.waiting, mails.running, mails.later) == (2, 1, 1)
    assert mails.oldest == type(first).objects.get(pk=first.pk).not_before
    assert (queue("mailings").waiting, mails.processes) == (1, 1)


def test_queue_whose_oldest_row_waits_for_more_than_a_minute_stands_still(workers):
    update(batch(), not_before="2026-01-01T10:02:11Z")

    assert services.get_health().reasons == [
        "The queue “Lists, badges and orders” has stopped: its oldest job has been waiting since 10:02:11 UTC."
    ]


def test_queue_that_is_long_but_moves_does_not_stand_still(workers):
    update(mail(), not_before=Now() - 5 * A_MINUTE)
    update(mail(), state=State.DONE, finished_at=Now() - A_MINUTE / 2)

    assert queue("mail").is_stalled is False


def test_queue_where_rows_wait_and_nobody_works_is_named(broker):
    presence.write_note(Worker("letters@one", ("letters", "bulk"), 2))
    mail()

    assert services.get_health().reasons == ["No worker serves the queue “Mail”, where jobs are waiting."]


def test_failures_of_a_day_are_a_reason_above_the_limit(workers, settings):
    settings.JOB_FAILURES_A_DAY = 1
    update(mail(), state=State.FAILED, finished_at=Now() - timedelta(hours=25))
    update(mail(), state=State.FAILED, finished_at=Now())
    assert services.get_health().reasons == []

    update(batch(), state=State.FAILED, finished_at=Now())

    assert services.get_health().reasons == ["2 jobs failed within a day."]


def test_full_disk_is_a_reason_with_what_waits_for_room(workers):
    update(batch(), not_before=Now() + A_MINUTE, error_code="no_room")

    assert services.get_health().reasons == ["The disk is full: 1 job waits for room."]


def test_failures_come_the_latest_first_of_every_kind(workers):
    older = update(mail(), state=State.IN_DOUBT, finished_at=Now() - A_MINUTE)
    newer = update(batch(), state=State.FAILED, finished_at=Now())
    lost_job(mail())

    assert (services.latest_failures(5), services.latest_failures(1)) == ([newer, older], [newer])


def test_note_of_no_worker_is_passed_over(workers, broker):
    for number, note in enumerate(
        (b"\xff", b"[]", b'{"queues": 7}', b'{"queues": ["mail"], "processes": "x"}')
    ):
        broker.set(f"convoca:at-work:forged{number}", note)

    assert [worker.name for worker in presence.running_workers()] == ["letters@one", "mail@one"]


def test_check_jobs_shows_queues_and_workers_and_is_content(workers, capsys):
    update(batch(), not_before=Now() + A_MINUTE)

    call_command("check_jobs")

    assert capsys.readouterr().out.splitlines() == [
        "letters (Letters): 0 waiting, 0 running, 0 later",
        "bulk (Lists, badges and orders): 0 waiting, 0 running, 1 later",
        "mail (Mail): 0 waiting, 0 running, 0 later",
        "mailings (Mailings): 0 waiting, 0 running, 0 later",
        "worker letters@one (2): letters, bulk",
        "worker mail@one (1): mail, mailings",
        "ok",
    ]


def test_check_jobs_ends_with_the_reasons(no_broker):
    with pytest.raises(CommandError) as error:
        call_command("check_jobs")

    assert str(error.value) == AWAY


def test_health_says_ok_to_everybody_and_nothing_else(workers, client):
    response = client.get("/health/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_health_gives_its_reasons_to_the_secretariat_alone(no_broker, client):
    stranger = client.get("/health/")
    client.force_login(StaffFactory())
    officer = client.get("/health/")

    assert (stranger.status_code, stranger.json()) == (503, {"status": "not ok"})
    assert (officer.status_code, officer.json()) == (503, {"status": "not ok", "reasons": [AWAY]})


def test_health_asked_again_and_again_looks_once(workers, client, django_assert_num_queries):
    client.get("/health/")

    with django_assert_num_queries(1):
        client.get("/health/")
