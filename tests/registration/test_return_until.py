"""A registration returned after the deadline can be submitted until the day that the officer sets."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.dates import long_date
from events.windows import last_day
from jobs.models import OutgoingMail
from registration import services
from registration.deadlines import OutsideWindow
from registration.models import Delegation
from tests.registration.samples import draft, give_back, submit, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    """A submitted delegation whose deadline has passed."""
    delegation = submit(draft())
    delegation.event.windows.update(closes_at=timezone.now() - timedelta(days=1))
    return Delegation.objects.get()


def test_returned_without_a_day_cannot_be_sent_again(closed):
    returned = give_back(closed)

    with pytest.raises(OutsideWindow):
        submit(returned)


def test_returned_with_a_day_can_be_sent_until_its_end(closed):
    until = timezone.now().date() + timedelta(days=3)

    returned = give_back(closed, last_day=until)

    extension = closed.event.extensions.get()
    assert last_day(extension.closes_at, closed.event.tz) == until
    assert submit(Delegation.objects.get(pk=returned.pk)).status == Delegation.Status.SUBMITTED
    assert "delegation.deadline_extended" in verbs()


def test_one_mail_tells_of_the_return_and_of_the_day(closed):
    OutgoingMail.objects.all().delete()

    until = timezone.now().date() + timedelta(days=3)

    give_back(closed, last_day=until)

    mail = OutgoingMail.objects.get()
    assert mail.kind == "returned"
    assert long_date(until, mail.language, weekday=True) in mail.text


def test_day_before_the_deadline_changes_nothing():
    delegation = submit(draft())

    with pytest.raises(services.NotLater):
        give_back(delegation, last_day=timezone.now().date())

    assert Delegation.objects.get().status == Delegation.Status.SUBMITTED
