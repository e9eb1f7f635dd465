"""Deadlines as values: periods with an exclusive end, and conversions between days and moments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed

ANYWHERE = fixed(timedelta(hours=-12), "UTC−12")  # the last place on Earth where a day ends


@dataclass(frozen=True, slots=True)
class Period:
    """The time from opening (inclusive) to closing (exclusive). None means no limit."""

    opens_at: datetime | None
    closes_at: datetime | None

    def is_ahead(self, at: datetime) -> bool:
        return self.opens_at is not None and at < self.opens_at

    def is_open(self, at: datetime) -> bool:
        return not self.is_ahead(at) and (self.closes_at is None or at < self.closes_at)

    def days_left(self, at: datetime) -> int:
        """Return the whole days of 24 hours until the period closes; 0 on the last day, after it, and without an end.

        A period closes at midnight, so this is the date of the last day minus today's date in its time zone.
        """
        if self.closes_at is None or at >= self.closes_at:
            return 0
        return (self.closes_at - at) // timedelta(days=1)


def start_of(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of the day in this zone, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the midnight at the end of the day in this zone, in UTC. The last day of a deadline is a whole day."""
    return start_of(day + timedelta(days=1), zone)


def last_day(closes_at: datetime, zone: tzinfo) -> date:
    """Return the last day, in this zone, of a period that closes at this moment.

    The subtraction is done in UTC: in a zone whose clocks skip midnight, local time would give the next day.
    """
    return (closes_at.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone).date()
