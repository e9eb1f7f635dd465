"""Publishing and later actions, deadlines after a change of zone, and calendars that people subscribed to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEntry
from events import services
from events.calendar import calendar_fingerprint
from events.models import Event, Window
from tests.factories import (
    EventFactory,
    EventOrganiserFactory,
    InvitationFactory,
    SessionFactory,
    StaffFactory,
    WindowFactory,
)
from tests.race import at_once

pytestmark = pytest.mark.django_db
Status = Event.Status
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def organised(**fields):
    return EventOrganiserFactory(event=EventFactory(**fields)).event


def complete(**fields):
    event = organised(**fields)
    WindowFactory(event=event)
    return event


@pytest.mark.parametrize(
    ("move", "verb", "was", "becomes"),
    [
        (services.publish, "event.published", Status.DRAFT, Status.PUBLISHED),
        (services.publish, "event.published", Status.POSTPONED, Status.PUBLISHED),
        (services.publish, "event.published", Status.CANCELLED, Status.PUBLISHED),
        (services.unpublish, "event.unpublished", Status.PUBLISHED, Status.DRAFT),
        (services.postpone, "event.postponed", Status.PUBLISHED, Status.POSTPONED),
        (services.cancel, "event.cancelled", Status.PUBLISHED, Status.CANCELLED),
        (services.cancel, "event.cancelled", Status.POSTPONED, Status.CANCELLED),
    ],
)
def test_move_changes_the_status_and_tells_trail_and_calendars(move, verb, was, becomes):
    event, actor = complete(status=was), StaffFactory()

    moved = move(event=event, actor=actor, at=AT)

    event = Event.objects.get(pk=event.pk)
    entry = AuditEntry.objects.about(event).get()
    assert (moved.status, event.status) == (becomes, becomes)
    assert (event.calendar_sequence, event.calendar_stamp) == (1, AT)
    assert (entry.actor_id, entry.at, entry.event_id) == (actor.pk, AT, event.pk)
    assert (entry.verb, entry.changes) == (verb, {"status": [was, becomes]})


def test_publish_with_gaps_names_them_and_changes_nothing():
    event = EventFactory(status=Status.DRAFT, title_es="")

    with pytest.raises(services.EventIncomplete) as refused:
        services.publish(event=event, actor=StaffFactory(), at=AT)

    assert [(gap.field, gap.language) for gap in refused.value.missing] == [
        ("title", "es"),
        ("organisers", ""),
        ("windows", ""),
    ]
    assert Event.objects.get(pk=event.pk).status == Status.DRAFT
    assert AuditEntry.objects.count() == 0


def test_publish_reads_the_event_as_it_is_now():
    event = complete(status=Status.DRAFT)
    Event.objects.filter(pk=event.pk).update(summary_en="")

    with pytest.raises(services.EventIncomplete) as refused:
        services.publish(event=event, actor=StaffFactory(), at=AT)

    assert [(gap.field, gap.language) for gap in refused.value.missing] == [("summary", "en")]


def test_publish_past_event_without_deadline_or_contact_is_possible():
    event = organised(status=Status.DRAFT, first_day=date(2013, 10, 23), contact_name="", contact_email="")

    assert services.publish(event=event, actor=StaffFactory()).status == Status.PUBLISHED


def test_publish_counts_days_in_the_zone_of_the_event():
    event = organised(status=Status.DRAFT, first_day=date(2026, 11, 20), last_day=date(2026, 11, 20))
    last_hour = datetime(2026, 11, 21, 2, tzinfo=UTC)  # still 20 November in Montevideo

    with pytest.raises(services.EventIncomplete):
        services.publish(event=event, actor=StaffFactory(), at=last_hour)

    assert services.publish(event=event, actor=StaffFactory(), at=last_hour + timedelta(hours=1))


def test_unpublish_with_invitations_is_refused_and_changes_nothing():
    event = InvitationFactory(event=complete()).event

    with pytest.raises(services.MoveRefused, match="letters name this page"):
        services.unpublish(event=event, actor=StaffFactory())

    event.refresh_from_db()
    assert (event.status, event.calendar_sequence) == (Status.PUBLISHED, 0)


def test_cancel_draft_is_refused():
    with pytest.raises(services.MoveRefused):
        services.cancel(event=EventFactory(status=Status.DRAFT), actor=StaffFactory())


def test_cancel_judges_the_row_and_not_what_the_caller_remembers():
    event = complete()
    Event.objects.filter(pk=event.pk).update(status=Status.CANCELLED)

    with pytest.raises(services.MoveRefused):
        services.cancel(event=event, actor=StaffFactory())


@pytest.mark.django_db(transaction=True)
def test_cancel_by_twenty_at_once_happens_once():
    event, actor = complete(), StaffFactory()

    def cancel() -> Event:
        return services.cancel(event=Event.objects.get(pk=event.pk), actor=actor)

    outcomes = at_once(20, cancel, services.MoveRefused)

    event.refresh_from_db()
    refused = [one for one in outcomes if isinstance(one, services.MoveRefused)]
    assert (len(outcomes), len(refused)) == (20, 19)
    assert (event.status, event.calendar_sequence) == (Status.CANCELLED, 1)
    assert AuditEntry.objects.about(event).count() == 1


@pytest.mark.parametrize("deadline_zone", Event.DeadlineZone.values)
def test_keep_days_after_the_zone_changed_moves_the_moments(deadline_zone):
    event = EventFactory(zone="America/Montevideo", deadline_zone=deadline_zone)
    window = Window(event=event)
    window.set_days(date(2026, 12, 1), date(2026, 12, 20))
    window.save()
    former = Event.objects.get(pk=event.pk)
    event.zone = "Asia/Tokyo"
    event.save()

    services.keep_deadline_days(event=event, former=former)

    window = Window.objects.get(pk=window.pk)
    ends_in_tokyo = datetime(2026, 12, 20, 15, tzinfo=UTC)
    ends_everywhere = datetime(2026, 12, 21, 12, tzinfo=UTC)
    assert (window.first_day, window.last_day) == (date(2026, 12, 1), date(2026, 12, 20))
    assert window.opens_at == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert window.closes_at == (ends_everywhere if deadline_zone == "anywhere" else ends_in_tokyo)


def test_keep_days_after_the_end_of_days_changed_moves_the_end_alone():
    event = EventFactory(zone="America/Montevideo")
    window = Window(event=event)
    window.set_days(date(2026, 12, 1), date(2026, 12, 20))
    window.save()
    former = Event.objects.get(pk=event.pk)
    event.deadline_zone = Event.DeadlineZone.ANYWHERE
    event.save()

    services.keep_deadline_days(event=event, former=former)

    moved = Window.objects.get(pk=window.pk)
    assert (moved.opens_at, moved.closes_at) == (window.opens_at, datetime(2026, 12, 21, 12, tzinfo=UTC))


def test_keep_days_of_an_unchanged_zone_writes_nothing(django_assert_num_queries):
    event = WindowFactory().event

    with django_assert_num_queries(2):  # the savepoint
        services.keep_deadline_days(
            event=event, former=Event(zone=event.zone, deadline_zone=event.deadline_zone)
        )


@pytest.mark.parametrize(
    ("field", "value", "sequence"),
    [
        ("title_es", "Otro título", 1),
        ("first_day", date(2027, 1, 1), 1),
        ("contact_name", "Somebody else", 0),
    ],
)
def test_tell_calendars_only_of_what_they_hold(field, value, sequence):
    event = EventFactory(last_day=date(2027, 6, 1))
    former_fingerprint = calendar_fingerprint(event)
    Event.objects.filter(pk=event.pk).update(**{field: value})

    services.revise_calendar(
        event=Event.objects.get(pk=event.pk), former_fingerprint=former_fingerprint, at=AT
    )

    event.refresh_from_db()
    assert event.calendar_sequence == sequence
    assert (event.calendar_stamp == AT) == bool(sequence)


def test_tell_calendars_of_a_session_that_moved():
    event = EventFactory()
    former_fingerprint = calendar_fingerprint(event)
    SessionFactory(event=event, day=event.first_day, starts="09:00", ends="10:00")

    services.revise_calendar(event=event, former_fingerprint=former_fingerprint)

    event.refresh_from_db()
    assert event.calendar_sequence == 1


def test_tell_calendars_of_a_draft_is_nothing():
    event = EventFactory(status=Status.DRAFT)

    services.revise_calendar(event=event, former_fingerprint="something else")

    event.refresh_from_db()
    assert event.calendar_sequence == 0


def test_moves_read_the_clock_of_the_database():
    event = complete(status=Status.DRAFT)
    before = timezone.now() - timedelta(minutes=1)

    services.publish(event=event, actor=StaffFactory())

    assert before < event.calendar_stamp < timezone.now() + timedelta(minutes=1)
    assert connection.vendor == "postgresql"
