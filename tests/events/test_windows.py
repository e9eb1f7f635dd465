from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.windows import ANYWHERE, Period, end_of, last_day, start_of

OPENS = datetime(2026, 3, 1, tzinfo=UTC)
CLOSES = datetime(2026, 3, 11, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "expected"),
    [(OPENS - INSTANT, False), (OPENS, True), (CLOSES - INSTANT, True), (CLOSES, False)],
)
def test_period_at_its_edges_is_half_open(at, expected):
    assert Period(OPENS, CLOSES).is_open(at) is expected


def test_period_without_limits_is_always_open():
    assert Period(None, None).is_open(OPENS) is True


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (CLOSES - timedelta(days=2), 2),
        (CLOSES - timedelta(days=1, hours=1), 1),
        (CLOSES - timedelta(minutes=1), 0),
        (CLOSES, 0),
        (CLOSES + timedelta(days=5), 0),
    ],
)
def test_days_left_counts_whole_days(at, days):
    assert Period(OPENS, CLOSES).days_left(at) == days


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        (date(2021, 6, 4), ZoneInfo("Europe/Zurich"), datetime(2021, 6, 4, 22, tzinfo=UTC)),
        (date(2026, 12, 10), ZoneInfo("America/Montevideo"), datetime(2026, 12, 11, 3, tzinfo=UTC)),
        (date(2026, 12, 10), ANYWHERE, datetime(2026, 12, 11, 12, tzinfo=UTC)),
    ],
)
def test_end_of_day_is_the_following_midnight_of_the_zone(day, zone, expected):
    assert end_of(day, zone) == expected


@pytest.mark.parametrize("zone", [ZoneInfo("America/Santiago"), ZoneInfo("Africa/Cairo"), ANYWHERE, UTC])
def test_last_day_gives_back_every_day_of_a_year(zone):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [last_day(end_of(day, zone), zone) for day in days] == days


def test_start_of_day_where_midnight_is_skipped_is_its_first_moment():
    santiago = ZoneInfo("America/Santiago")

    assert start_of(date(2026, 9, 6), santiago) == datetime(2026, 9, 6, 4, tzinfo=UTC)
