"""Deadlines: stages, categories, extensions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from events.dates import long_date
from events.models import Event
from jobs.models import OutgoingMail
from registration import services
from registration.deadlines import Deadline, OutsideWindow, window_of
from registration.models import Extension
from tests.factories import (
    ContactFactory,
    DelegationFactory,
    EventFactory,
    ExtensionFactory,
    InvitationFactory,
    ParliamentFactory,
    ParticipantFactory,
    StaffFactory,
    WindowFactory,
)
from tests.registration.samples import coordinator, draft, submit

pytestmark = pytest.mark.django_db

CLOSES = datetime(2026, 6, 5, 3, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def closing(event: Event, days: int, **fields: object):
    """A window that closes this many days after CLOSES."""
    opens_at = CLOSES - timedelta(days=40)
    return WindowFactory(event=event, opens_at=opens_at, closes_at=CLOSES + timedelta(days=days), **fields)


def test_window_of_a_category_wins_over_the_one_for_everybody():
    event = EventFactory()
    everybody, press = closing(event, 0), closing(event, -9, category="press")

    assert window_of(event) == everybody
    assert window_of(event, category="press") == press
    assert window_of(event, category="members") == everybody


def test_event_with_windows_of_categories_alone_is_open_as_a_whole_until_the_last():
    event = EventFactory()
    closing(event, 0, category="press")
    members = closing(event, 3, category="members")

    assert window_of(event) == members
    assert window_of(event, category="staff") is None


def test_extension_moves_the_end_for_one_body_and_one_stage():
    event, parliament = EventFactory(), ParliamentFactory().organisation
    closing(event, 0)
    closing(event, 0, stage="travel")
    closing(event, -9, category="press")
    ExtensionFactory(event=event, organisation=parliament, closes_at=CLOSES + timedelta(days=7))

    ends = [
        window_of(event, organisation=parliament),
        window_of(event, category="press", organisation=parliament),
        window_of(event, "travel", organisation=parliament),
        window_of(event, organisation=ParliamentFactory().organisation),
        window_of(event),
    ]

    assert [(window.closes_at - CLOSES).days for window in ends] == [7, 7, 0, 0, 0]


def test_extension_that_ends_earlier_takes_nothing_away():
    extension = ExtensionFactory(closes_at=CLOSES - timedelta(days=1))
    closing(extension.event, 0)

    assert window_of(extension.event, organisation=extension.organisation).closes_at == CLOSES


@pytest.mark.parametrize("extended", [False, True])
def test_deadline_is_half_open_with_and_without_an_extension(extended):
    delegation = draft()
    delegation.event.windows.update(opens_at=CLOSES - timedelta(days=40), closes_at=CLOSES)
    end = CLOSES
    if extended:
        end = CLOSES + timedelta(days=7)
        ExtensionFactory(event=delegation.event, organisation=delegation.organisation, closes_at=end)

    with pytest.raises(OutsideWindow):
        submit(delegation, at=end)

    assert submit(delegation, at=end - TICK).submitted_at == end - TICK


def test_refusal_names_the_extended_deadline():
    extension = ExtensionFactory(closes_at=CLOSES + timedelta(days=7))
    closing(extension.event, 0)

    deadline = Deadline.of(extension.event, extension.closes_at, extension.organisation)

    assert "closed on Thursday, 11 June 2026, 23:59 (Montevideo time)" in str(OutsideWindow(deadline))


def test_person_whose_category_is_closed_stays_a_draft_and_the_answer_says_so():
    delegation = draft(people=1)
    journalist = ParticipantFactory(delegation=delegation, role="press", function="Editor", order=1)
    WindowFactory(event=delegation.event, category="press", closes_at=timezone.now() - timedelta(days=1))

    done = services.submit_delegation(
        delegation=delegation, version=1, privacy_read=True, actor=coordinator(delegation)
    )

    assert (len(done.submitted), done.left_out) == (1, [journalist])
    assert list(delegation.participants.values_list("status", flat=True)) == ["submitted", "draft"]


def test_categories_with_deadlines_of_their_own_are_listed_the_first_to_close_first():
    event = EventFactory()
    closing(event, 0)
    press, staff = closing(event, 2, category="press"), closing(event, 1, category="staff")

    listed = Deadline.of_categories(event, CLOSES)

    assert [deadline.window for deadline in listed] == [staff, press]


def extend(delegation, last_day: date, **fields: object) -> Extension:
    values = {"stage": "register", "reason": "Late elections.", "actor": StaffFactory()}
    return services.extend_deadline(delegation=delegation, last_day=last_day, **values | fields)


def test_extension_includes_its_last_day_in_the_zone_of_the_event_and_is_told_once():
    delegation = draft()
    day = (timezone.now() + timedelta(days=40)).date()

    extension = extend(delegation, day)

    assert (
        extension.closes_at.astimezone(delegation.event.tz).isoformat()[:16]
        == f"{day + timedelta(days=1)}T00:00"
    )
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("extension", coordinator(delegation).email)
    assert "Late elections." not in mail.text
    assert long_date(day, mail.language, weekday=True) in mail.text
    assert AuditEntry.objects.get().verb == "delegation.deadline_extended"


def test_second_extension_replaces_the_first():
    delegation = draft()
    day = (timezone.now() + timedelta(days=40)).date()

    extend(delegation, day)
    extend(delegation, day + timedelta(days=1))

    assert Extension.objects.count() == 1


def test_extension_that_is_not_later_is_refused():
    delegation = draft()

    with pytest.raises(services.NotLater):
        extend(delegation, timezone.now().date())
    with pytest.raises(services.NotLater):
        extend(delegation, (timezone.now() + timedelta(days=60)).date(), stage="travel")

    assert (Extension.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_extension_beyond_the_event_is_refused():
    delegation = draft()

    with pytest.raises(services.NotLater):
        extend(delegation, delegation.event.last_day + timedelta(days=1))

    assert (Extension.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_extension_for_a_delegation_without_coordinators_is_told_to_the_registered_contacts():
    contact = ContactFactory()
    delegation = DelegationFactory(organisation=contact.parliament.organisation)
    WindowFactory(event=delegation.event)

    extend(delegation, delegation.event.last_day)

    assert OutgoingMail.objects.values_list("kind", "to").get() == ("extension", contact.email)


def test_extension_of_an_invitation_is_told_to_the_registered_contacts():
    contact = ContactFactory()
    invitation = InvitationFactory(organisation=contact.parliament.organisation)
    WindowFactory(event=invitation.event)

    extend(invitation, (timezone.now() + timedelta(days=40)).date())

    assert OutgoingMail.objects.values_list("kind", "to").get() == ("extension", contact.email)
