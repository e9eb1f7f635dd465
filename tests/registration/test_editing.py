"""Who may edit which field at which time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from events.windows import end_of
from registration.editing import EditingClosed, EditMode, get_edit_mode, require_direct_edit
from registration.models import Delegation, Participant
from tests.factories import AskedFieldFactory, ExtensionFactory, StaffFactory, WindowFactory
from tests.registration.samples import coordinator, draft

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def closed(status: str = "submitted") -> tuple[Delegation, Participant, User]:
    """A delegation whose registration closed yesterday, its head with this status, and its coordinator."""
    delegation = draft(status="draft" if status == "draft" else "submitted")
    delegation.event.windows.update(closes_at=timezone.now() - DAY)
    delegation.participants.update(status=status)
    person = Participant.objects.select_related("delegation__event").get(delegation=delegation)
    return delegation, person, coordinator(delegation)


@pytest.mark.parametrize(
    ("status", "edit_mode"),
    [
        ("draft", EditMode.FREE),
        ("submitted", EditMode.REQUEST),
        ("waitlisted", EditMode.REQUEST),
        ("confirmed", EditMode.REQUEST),
        ("rejected", EditMode.CLOSED),
        ("cancelled", EditMode.CLOSED),
        ("substituted", EditMode.CLOSED),
    ],
)
def test_pen_after_the_close_depends_on_where_the_person_stands(status, edit_mode):
    _delegation, person, user = closed(status)

    assert get_edit_mode(person, ["given_names"], timezone.now(), user) == edit_mode


@pytest.mark.parametrize("status", ["submitted", "waitlisted", "confirmed"])
def test_registered_person_is_free_up_to_and_not_at_the_close(status):
    _delegation, person, user = closed(status)
    window = person.delegation.event.windows.get()
    moments = [window.opens_at, window.closes_at - timedelta(microseconds=1), window.closes_at]

    edit_modes = [get_edit_mode(person, ["function"], at, user) for at in moments]

    assert edit_modes == [EditMode.FREE, EditMode.FREE, EditMode.REQUEST]


def test_window_for_changes_keeps_who_comes_open_after_registration():
    delegation, person, user = closed()
    WindowFactory(event=delegation.event, stage="change")

    assert get_edit_mode(person, ["given_names"], timezone.now(), user) == EditMode.FREE


def test_extension_keeps_the_pen():
    delegation, person, user = closed()
    ExtensionFactory(event=delegation.event, organisation=delegation.organisation)

    assert get_edit_mode(person, ["given_names"], timezone.now(), user) == EditMode.FREE


def test_travel_follows_its_own_window_where_there_is_one():
    delegation, person, user = closed()
    AskedFieldFactory(event=delegation.event, name="arrival_on", round="travel")

    without = get_edit_mode(person, ["arrival_on"], timezone.now(), user)
    WindowFactory(event=delegation.event, stage="travel")
    person = Participant.objects.get(pk=person.pk)

    assert (without, get_edit_mode(person, ["arrival_on"], timezone.now(), user)) == (
        EditMode.REQUEST,
        EditMode.FREE,
    )
    assert get_edit_mode(person, ["arrival_on", "given_names"], timezone.now(), user) == EditMode.REQUEST


def test_category_has_its_own_end():
    delegation, person, user = closed()
    WindowFactory(event=delegation.event, category="members")

    assert get_edit_mode(person, ["given_names"], timezone.now(), user) == EditMode.FREE


def test_last_day_of_a_field_is_included():
    delegation = draft()
    delegation.participants.update(status="submitted")
    row = AskedFieldFactory(
        event=delegation.event, name="function", changes_until=timezone.now().date() + DAY
    )
    person, user = Participant.objects.get(), coordinator(delegation)
    end = end_of(row.changes_until, delegation.event.tz)

    edit_modes = [
        get_edit_mode(person, ["function"], at, user) for at in (end - timedelta(microseconds=1), end)
    ]

    assert edit_modes == [EditMode.FREE, EditMode.REQUEST]


def test_file_cannot_be_asked_for_and_is_taken_until_its_last_day():
    delegation, person, user = closed()
    row = AskedFieldFactory(event=delegation.event, name="photo", changes_until=timezone.now().date() + DAY)
    end = end_of(row.changes_until, delegation.event.tz)

    edit_modes = [get_edit_mode(person, ["photo"], at, user) for at in (timezone.now(), end)]

    assert edit_modes == [EditMode.FREE, EditMode.CLOSED]


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_ended_delegation_takes_nothing_from_anybody(status):
    delegation = draft(status=status)
    person = delegation.participants.get()

    for user in (coordinator(delegation), StaffFactory()):
        assert get_edit_mode(person, ["given_names"], timezone.now(), user) == EditMode.CLOSED


def test_event_that_is_over_takes_changes_of_the_secretariat_alone():
    delegation = draft()
    delegation.event.first_day = delegation.event.last_day = timezone.now().date() - 3 * DAY
    delegation.event.save()
    person = Participant.objects.get()

    edit_modes = [
        get_edit_mode(person, ["given_names"], timezone.now(), user)
        for user in (coordinator(delegation), StaffFactory())
    ]

    assert edit_modes == [EditMode.CLOSED, EditMode.FREE]


def test_deadlines_do_not_bind_the_secretariat():
    _delegation, person, _user = closed()

    assert get_edit_mode(person, ["given_names"], timezone.now(), StaffFactory()) == EditMode.FREE


def test_details_are_free_as_long_as_the_coordinator_is_to_act():
    delegation, _person, user = closed()
    edit_modes = {}
    for status in ("draft", "returned", "submitted", "confirmed"):
        delegation.status = status
        edit_modes[status] = get_edit_mode(delegation, ["remarks"], timezone.now(), user)

    assert edit_modes == {"draft": "free", "returned": "free", "submitted": "request", "confirmed": "request"}


def test_refusal_says_whether_the_change_can_be_asked_for():
    _delegation, person, user = closed()

    with pytest.raises(EditingClosed, match="You can ask the secretariat") as refusal:
        require_direct_edit(person, ["given_names"], timezone.now(), user)

    assert refusal.value.edit_mode == EditMode.REQUEST
