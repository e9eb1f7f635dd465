"""Mailings are sent at a limited rate and do not delay other mail."""

import pytest
from django.db.models.functions import Now

from jobs import dispatch, services
from jobs.models import OutgoingMail, State
from tests.jobs.rows import A_MINUTE, mail, update
from tests.jobs.test_sweep import queued_keys
from tests.race import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pace(settings):
    settings.MAIL_PER_MINUTE, settings.MAIL_PER_DOMAIN_PER_MINUTE = 6, 4


def mailing(number, domain="one"):
    """Create this number of mails of a mailing, all to one domain."""
    return [mail(to=f"{n}@{domain}.example", paced=True) for n in range(number)]


def test_sweep_rings_for_so_many_of_a_mailing_a_minute(broker):
    first, second = mailing(4, "one"), mailing(4, "two")

    # The second sweep sends the same six messages again, because they may be lost.
    assert [services.sweep(), services.sweep()] == [6, 6]

    assert set(queued_keys(broker, "mailings")) == {one.pk for one in [*first, *second[:2]]}


def test_sweep_rings_for_so_many_to_one_domain_and_goes_on_with_others(broker):
    first, second = mailing(6, "one"), mailing(1, "two")

    services.sweep()

    assert queued_keys(broker, "mailings") == [one.pk for one in [*first[:4], *second]]


def test_sweep_goes_on_when_the_minute_is_over(broker):
    mails = mailing(6, "one")
    services.sweep()
    for one in mails[:4]:
        update(one, state=State.DONE, rung_at=Now() - 2 * A_MINUTE, finished_at=Now() - A_MINUTE)
    broker.delete("mailings")

    services.sweep()

    assert queued_keys(broker, "mailings") == [one.pk for one in mails[4:]]


def test_sweep_counts_what_waits_for_a_worker_that_is_away(broker):
    """Otherwise a worker that returns after an hour would send the mails of an hour at once."""
    mails = mailing(6, "one")
    services.sweep()
    OutgoingMail.objects.update(not_before=Now() - 120 * A_MINUTE)
    OutgoingMail.objects.exclude(rung_at=None).update(rung_at=Now() - 60 * A_MINUTE)
    broker.delete("mailings")

    services.sweep()

    assert queued_keys(broker, "mailings") == [one.pk for one in mails[:4]]


def test_sweep_counts_tries_that_failed(broker):
    mails = mailing(6, "one")
    services.sweep()
    for one in mails[:4]:
        update(one, errors=1, not_before=Now() + A_MINUTE)
    broker.delete("mailings")

    services.sweep()

    assert queued_keys(broker, "mailings") == []


def test_receipt_has_a_queue_of_its_own(broker):
    mailing(30, "one")
    receipt = mail()

    services.sweep()

    assert queued_keys(broker, "mail") == [receipt.pk]


@pytest.mark.django_db(transaction=True)
def test_sweep_by_four_at_once_keeps_the_pace(broker):
    for number in range(10):
        mailing(3, f"domain{number}")

    at_once(4, services.sweep)

    assert OutgoingMail.objects.exclude(rung_at=None).count() == 6


@pytest.mark.django_db(transaction=True)
def test_new_mail_of_a_mailing_rings_for_nobody(broker):
    dispatch.notify_workers(*mailing(2), mail())

    assert (broker.llen("mailings"), broker.llen("mail")) == (0, 1)
