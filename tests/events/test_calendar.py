"""The calendar file, parsed like a calendar program does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from events.calendar import calendar_fingerprint, event_calendar
from events.models import Event
from tests.factories.events import EventFactory, EventMemberFactory, SessionFactory

pytestmark = pytest.mark.django_db

STAMP = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def event(settings):
    settings.SITE_URL = "https://events.example"
    return EventFactory(
        slug="spring",
        title_en="Spring Workshop; part 1, by the lake",
        title_es="Taller de primavera",
        summary_en="Two lines.\nThe second.",
        first_day=date(2026, 3, 28),
        last_day=date(2026, 3, 30),
        zone="Europe/Zurich",
        venue_en="Palace",
        city_en="Geneva",
        country_en="Switzerland",
        calendar_sequence=3,
        calendar_stamp=STAMP,
    )


def entries(event, language="en"):
    return Calendar.from_ical(event_calendar(event, language)).events


def test_event_is_one_entry_of_whole_days(event):
    (entry,) = entries(event)

    assert (entry.start, entry.end) == (date(2026, 3, 28), date(2026, 3, 31))
    assert str(entry["UID"]) == f"event-{event.pk}@events.example"
    assert str(entry["SUMMARY"]) == "Spring Workshop; part 1, by the lake"
    assert str(entry["DESCRIPTION"]) == "Two lines.\nThe second."
    assert str(entry["LOCATION"]) == "Palace, Geneva, Switzerland"
    assert str(entry["URL"]) == "https://events.example/en/events/spring/"
    assert (entry["SEQUENCE"], entry["STATUS"]) == (3, "CONFIRMED")
    assert (entry.stamp, entry.last_modified) == (STAMP, STAMP)


def test_session_with_hours_is_an_entry_in_the_zone_of_the_event(event):
    session = SessionFactory(
        event=event, day=date(2026, 3, 29), starts=time(9), ends=time(10, 30), room_en="Room 17"
    )
    SessionFactory(event=event, day=date(2026, 3, 29))

    _event, entry = entries(event)

    zone = ZoneInfo("Europe/Zurich")
    assert entry.start == datetime(2026, 3, 29, 9, tzinfo=zone)
    assert entry.start.utcoffset() == timedelta(hours=2)  # summer time began that night
    assert entry.end == datetime(2026, 3, 29, 10, 30, tzinfo=zone)
    assert entry["DTSTART"].params["TZID"] == "Europe/Zurich"
    assert str(entry["UID"]) == f"session-{session.pk}@events.example"
    assert str(entry["LOCATION"]) == "Room 17, Palace, Geneva, Switzerland"
    assert str(entry["DESCRIPTION"]) == event.title_en


def test_session_without_an_end_claims_none(event):
    SessionFactory(event=event, day=date(2026, 3, 29), starts=time(9))

    _event, entry = entries(event)

    assert "DTEND" not in entry


@pytest.mark.parametrize("zone", ["Europe/Zurich", "America/Montevideo", "Asia/Kathmandu"])
def test_zone_of_the_hours_comes_with_its_rules(event, zone):
    event.zone = zone
    SessionFactory(event=event, day=date(2026, 3, 28), starts=time(9))
    SessionFactory(event=event, day=date(2026, 3, 30), starts=time(9))

    calendar = Calendar.from_ical(event_calendar(event, "en"))

    assert [one.tz_name for one in calendar.timezones] == [zone]
    rules = calendar.timezones[0].to_tz(lookup_tzid=False)
    for day in (28, 30):
        noon = datetime(2026, 3, day, 12)  # noqa: DTZ001  a wall clock, read in both zones
        assert noon.replace(tzinfo=rules).utcoffset() == noon.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_calendar_is_in_the_language_of_its_address_and_names_what_is_not(event):
    entry, session = entries(_with_session(event), "es")

    assert (str(entry["SUMMARY"]), entry["SUMMARY"].params["LANGUAGE"]) == ("Taller de primavera", "es")
    assert str(entry["URL"]) == "https://events.example/es/events/spring/"
    assert (str(session["SUMMARY"]), session["SUMMARY"].params["LANGUAGE"]) == ("Opening", "en")


@pytest.mark.parametrize(
    ("status", "shown"), [("postponed", "TENTATIVE"), ("cancelled", "CANCELLED"), ("published", "CONFIRMED")]
)
def test_status_of_every_entry_is_that_of_the_event(event, status, shown):
    event.status = status

    assert [entry["STATUS"] for entry in entries(_with_session(event))] == [shown, shown]


def test_calendar_of_an_unchanged_event_is_the_same_to_the_byte(event):
    _with_session(event)

    assert event_calendar(event, "en") == event_calendar(Event.objects.get(), "en")


def test_calendar_keeps_to_the_format(event):
    text = event_calendar(_with_session(event), "en").decode()

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\nSUMMARY;LANGUAGE=en:Spring Workshop\\; part 1\\, by the lake\r\n" in text


@pytest.mark.parametrize(
    "change",
    [
        {"title_es": "Taller de otoño"},
        {"first_day": date(2026, 3, 27)},
        {"last_day": date(2026, 4, 1)},
        {"zone": "Europe/Madrid"},
        {"mode": "online"},
        {"venue_en": "Library"},
        {"city_es": "Ginebra la Vieja"},
        {"status": "cancelled"},
    ],
)
def test_fingerprint_changes_with_what_people_must_learn(event, change):
    before = calendar_fingerprint(event)
    for name, value in change.items():
        setattr(event, name, value)

    assert calendar_fingerprint(event) != before


@pytest.mark.parametrize(
    "change",
    [
        {"title_en": "Closing"},
        {"room_en": "Room 2"},
        {"day": date(2026, 3, 30)},
        {"starts": time(8)},
        {"ends": time(12)},
        {"starts": None, "ends": None},
    ],
)
def test_fingerprint_changes_with_a_session(event, change):
    session = _with_session(event).sessions.get()
    before = calendar_fingerprint(event)
    for name, value in change.items():
        setattr(session, name, value)
    session.save()

    assert calendar_fingerprint(event) != before


def test_fingerprint_of_what_no_calendar_shows_stays(event):
    before = calendar_fingerprint(_with_session(event))
    event.description_en = "<p>Another text.</p>"
    event.save()
    SessionFactory(event=event)

    assert calendar_fingerprint(Event.objects.get()) == before


def test_calendar_is_a_file_with_a_name(client, event):
    response = client.get(event.get_absolute_url() + "calendar.ics")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="spring-en.ics"'
    assert len(Calendar.from_ical(response.content).events) == 1


def test_calendar_of_a_draft_is_for_its_team_alone(client):
    member = EventMemberFactory(event__status="draft")
    address = reverse("events:calendar", args=[member.event.slug])

    stranger = client.get(address).status_code
    client.force_login(member.user)

    assert (stranger, client.get(address).status_code) == (404, 200)


def _with_session(event):
    SessionFactory(
        event=event, title_en="Opening", title_es="", day=date(2026, 3, 28), starts=time(9), ends=time(10)
    )
    return event
