"""Claims, leases and fences: which worker owns a row, and how long."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from documents.models import Batch
from jobs.clock import database_now
from jobs.models import MAX_DEATHS, MAX_ERRORS, OutgoingMail, State
from tests.jobs.rows import A_MINUTE, batch, lost_job, mail, update
from tests.race import at_once

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("make", [mail, batch])


def claim(job):
    return type(job).objects.claim(job.pk)


@KINDS
def test_claim_of_a_row_that_waits_owns_it_until_the_lease_ends(make, settings):
    settings.JOB_LIMITS = {queue: limits | {"lease": 60} for queue, limits in settings.JOB_LIMITS.items()}
    before = database_now()

    job = claim(make())

    assert (job.state, job.fence, job.errors, job.deaths) == (State.RUNNING, 1, 0, 0)
    assert before + timedelta(seconds=60) <= job.lease_until <= database_now() + timedelta(seconds=60)


@KINDS
def test_claim_of_a_row_that_somebody_owns_is_nothing(make):
    job = make()
    first = claim(job)

    assert claim(job) is None
    job.refresh_from_db()
    assert (job.fence, job.lease_owner) == (1, first.lease_owner)


@KINDS
@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.IN_DOUBT, State.CANCELLED])
def test_claim_of_a_row_that_has_ended_is_nothing(make, state):
    assert claim(update(make(), state=state)) is None


@KINDS
def test_claim_of_a_row_whose_time_has_not_come_is_nothing(make):
    assert claim(update(make(), not_before=Now() + A_MINUTE)) is None


@KINDS
def test_claim_of_a_row_whose_time_has_come_owns_it(make):
    assert claim(update(make(), not_before=Now() - A_MINUTE)) is not None


@KINDS
def test_claim_after_the_last_error_is_nothing(make):
    assert claim(update(make(), errors=MAX_ERRORS)) is None
    assert claim(update(make(), errors=MAX_ERRORS - 1)) is not None


@KINDS
def test_claim_of_a_row_that_is_not_there_is_nothing(make):
    job = make()

    assert type(job).objects.claim(job.pk + 1000) is None


def test_claim_of_a_lost_row_counts_a_death_and_no_error():
    job = claim(lost_job(batch(), errors=1))

    assert (job.state, job.deaths, job.errors, job.fence) == (State.RUNNING, 1, 1, 2)


def test_claim_of_a_lost_row_after_the_sixth_death_is_nothing():
    assert claim(lost_job(batch(), deaths=MAX_DEATHS)) is None
    assert claim(lost_job(batch(), deaths=MAX_DEATHS - 1)).deaths == MAX_DEATHS


def test_claim_of_a_lost_mail_is_nothing():
    job = lost_job(mail())

    assert claim(job) is None
    job.refresh_from_db()
    assert (job.state, job.fence) == (State.RUNNING, 1)


@pytest.mark.django_db(transaction=True)
@KINDS
def test_claim_by_several_at_once_is_one_workers(make):
    job = make()

    claims = [one for one in at_once(8, lambda: claim(job)) if one is not None]

    job.refresh_from_db()
    assert [(one.fence, one.lease_owner) for one in claims] == [(1, job.lease_owner)]


@pytest.mark.django_db(transaction=True)
def test_claim_of_a_lost_row_by_several_at_once_counts_one_death():
    job = lost_job(batch())

    claims = [one for one in at_once(8, lambda: claim(job)) if one is not None]

    job.refresh_from_db()
    assert (len(claims), job.deaths, job.fence) == (1, 1, 2)


@KINDS
def test_end_of_an_owned_row_is_written_down(make):
    job = claim(make())

    assert type(job).objects.end(job, State.DONE) is True

    job.refresh_from_db()
    assert (job.state, job.lease_owner, job.lease_until) == (State.DONE, "", None)
    assert job.finished_at <= database_now()


@KINDS
def test_end_by_a_worker_that_lost_the_row_is_thrown_away(make):
    late = claim(make())
    update(late, fence=late.fence + 1, lease_owner="another")

    assert type(late).objects.end(late, State.DONE) is False

    late.refresh_from_db()
    assert (late.state, late.lease_owner) == (State.RUNNING, "another")


@KINDS
@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.IN_DOUBT, State.QUEUED])
def test_end_of_a_row_that_was_ended_meanwhile_changes_nothing(make, state):
    job = claim(make())
    update(job, state=state)

    assert type(job).objects.end(job, State.DONE) is False

    job.refresh_from_db()
    assert job.state == state


def test_end_that_waits_again_has_no_finish():
    job = claim(batch())

    Batch.objects.end(job, State.QUEUED, not_before=Now() + A_MINUTE)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == (State.QUEUED, None)


def test_end_well_forgets_the_reason_of_an_earlier_try():
    job = claim(update(mail(), error_code="no_connection", error_text="OSError", errors=1))

    OutgoingMail.objects.end(job, State.DONE)

    job.refresh_from_db()
    assert (job.reason, job.error_code, job.errors) == ("", "", 1)


@KINDS
def test_due_are_those_that_wait_and_whose_time_has_come(make):
    waiting = make()
    update(make(), not_before=Now() + A_MINUTE)
    for state in set(State) - {State.QUEUED}:
        update(make(), state=state)

    assert list(type(waiting).objects.due()) == [waiting]


@KINDS
def test_abandoned_are_those_whose_lease_has_ended(make):
    gone = lost_job(make())
    claim(make())
    make()

    assert list(type(gone).objects.abandoned()) == [gone]


@KINDS
def test_requeued_rows_begin_anew(make):
    job = lost_job(make(), errors=3, deaths=6, error_code="worker_died", error_text="x", finished_at=Now())

    assert type(job).objects.filter(pk=job.pk).requeue() == 1

    job.refresh_from_db()
    assert (job.state, job.errors, job.deaths, job.reason, job.finished_at) == (State.QUEUED, 0, 0, "", None)
    assert claim(job) is not None


def test_reason_is_in_words_where_there_are_words_for_it():
    assert mail(error_code="worker_died").reason == "The worker was lost each time it tried."
    assert mail(error_code="550", error_text="No such mailbox").reason == "No such mailbox"
    assert mail().reason == ""


@pytest.mark.parametrize(
    ("state", "is_returned", "words"),
    [
        ("queued", False, "waiting"),
        ("running", False, "sending"),
        ("done", False, "sent"),
        ("done", True, "returned"),
    ],
)
def test_state_of_a_mail_is_said_in_its_own_words(state, is_returned, words):
    job = update(mail(), state=state, bounced_at=database_now() if is_returned else None)

    assert job.get_state_display() == words
