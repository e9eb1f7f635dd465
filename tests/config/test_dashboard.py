"""The first page of the administration shows the tasks that wait, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.dashboard import open_tasks
from jobs.models import OutgoingMail, State
from registration.models import Delegation, Invitation
from tests.factories import (
    ChangeRequestFactory,
    DelegationFactory,
    EventFactory,
    ExtensionFactory,
    InvitationFactory,
    ParticipantFactory,
    PlacesFactory,
    SessionFactory,
    StaffFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db


def titles(at=None):
    return [task.title for task in open_tasks(at or timezone.now())]


def test_nothing_waits_when_everything_is_answered():
    assert titles() == []


def test_submitted_delegations_come_oldest_first():
    event = EventFactory()
    late, early = (
        DelegationFactory(
            event=event,
            status=Delegation.Status.SUBMITTED,
            submitted_at=timezone.now() - timedelta(days=days),
        )
        for days in (1, 5)
    )

    task = open_tasks(timezone.now())[0]

    assert task.title == "2 delegations to validate"
    assert [words for words, _detail, _address in task.rows] == [
        str(early.organisation),
        str(late.organisation),
    ]


def test_group_is_named_by_its_words():
    DelegationFactory(
        organisation=None,
        group=Delegation.Group.PRESS,
        status=Delegation.Status.SUBMITTED,
        submitted_at=timezone.now(),
    )

    assert [words for words, _detail, _address in open_tasks(timezone.now())[0].rows] == ["Press"]


def test_pending_request_is_named_with_what_is_asked():
    asked = ChangeRequestFactory()
    ChangeRequestFactory(state="accepted")

    [task] = open_tasks(timezone.now())

    assert task.title == "1 request to answer"
    assert [row[:2] for row in task.rows] == [(asked.delegation.name, "Late registration")]


@pytest.mark.parametrize(
    ("taken", "category", "expected"),
    [(38, "", ["1 waiting list with free places"]), (40, "", []), (0, "staff", [])],
)
def test_waiting_list_is_named_when_somebody_on_it_could_move_up(taken, category, expected):
    waiting = ParticipantFactory(status="waitlisted", waitlisted_at=timezone.now())
    event = waiting.delegation.event
    PlacesFactory(event=event, taken=taken, category=category)
    PlacesFactory(event=event, places=1, taken=int(bool(category)), category="members")

    assert titles() == expected


def test_extension_that_ends_this_week_is_named():
    near = ExtensionFactory(closes_at=timezone.now() + timedelta(days=3))
    ExtensionFactory(closes_at=timezone.now() + timedelta(days=9))
    ExtensionFactory(closes_at=timezone.now() - timedelta(days=1))

    [task] = open_tasks(timezone.now())

    assert task.title == "1 extension ends this week"
    assert [row[0] for row in task.rows] == [str(near.organisation)]


def test_deadline_within_seven_days_is_named():
    WindowFactory(closes_at=timezone.now() + timedelta(days=3))
    WindowFactory(closes_at=timezone.now() + timedelta(days=9))

    assert titles() == ["1 deadline this week"]


def test_event_without_spanish_is_named():
    WindowFactory(event=EventFactory(title_es=""))

    assert "1 event lacks texts" in titles()


def test_invitation_unopened_for_two_weeks_is_named():
    InvitationFactory()
    old = InvitationFactory()
    Invitation.objects.filter(pk=old.pk).update(issued_at=timezone.now() - timedelta(days=15))

    assert [title for title in titles() if "invitation" in title] == ["1 invitation not opened yet"]


def test_undelivered_mail_is_named_with_its_reason():
    OutgoingMail.objects.create(
        kind="receipt",
        to="a@b.example",
        language="en",
        subject="Specimen",
        message_id="<1@b>",
        state=State.IN_DOUBT,
        error_code="no_answer",
    )

    task = open_tasks(timezone.now())[0]

    assert (task.title, task.rows[0][1]) == (
        "1 mail not delivered",
        "The mail server did not answer after the text was sent; it may have arrived.",
    )


def test_first_page_of_the_administration_shows_what_needs_you(client):
    DelegationFactory(status=Delegation.Status.SUBMITTED, submitted_at=timezone.now())
    client.force_login(StaffFactory())

    page = client.get("/admin/")

    assert [task.title for task in page.context["open_tasks"] if "validate" in task.title] == [
        "1 delegation to validate"
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_query_count_is_flat(count, django_assert_num_queries):
    for _number in range(count):
        window = WindowFactory(event=EventFactory(title_es=""), closes_at=timezone.now() + timedelta(days=3))
        SessionFactory(event=window.event)
        InvitationFactory(event=window.event)
        ChangeRequestFactory(delegation__event=window.event)
        ExtensionFactory(event=window.event, closes_at=timezone.now() + timedelta(days=3))
        ParticipantFactory(delegation__event=window.event, status="waitlisted", waitlisted_at=timezone.now())
        PlacesFactory(event=window.event)

    with django_assert_num_queries(25):
        found = open_tasks(timezone.now())

    assert [task.count for task in found] == [count] * 5
