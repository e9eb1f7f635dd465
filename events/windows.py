"""Deadlines as values: the one half-open comparison of the project."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed

ANYWHERE = fixed(timedelta(hours=-12), "UTC−12")  # the last place on Earth where a day ends


@dataclass(frozen=True, slots=True)
class Period:
    """From the opening moment up to, and not including, the closing one. None means without limit."""

    opens_at: datetime | None
    closes_at: datetime | None

    def is_ahead(self, at: datetime) -> bool:
        return self.opens_at is not None and at < self.opens_at

    def is_open(self, at: datetime) -> bool:
        return not self.is_ahead(at) and (self.closes_at is None or at < self.closes_at)

    def days_left(self, at: datetime) -> int:
        """Whole days of 24 hours until it closes; 0 on the last day, once closed, and without an end.

        A period closes at midnight, so by its zone's calendar this is the last day's date less today's.
        """
        if self.closes_at is None or at >= self.closes_at:
            return 0
        return (self.closes_at - at) // timedelta(days=1)


def start_of(day: date, zone: tzinfo) -> datetime:
    """The day's first moment in the zone, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The following midnight in the zone, in UTC: a deadline's last day is whole."""
    return start_of(day + timedelta(days=1), zone)


def last_day(closes_at: datetime, zone: tzinfo) -> date:
    """The last day of a period that closes at this moment, in the zone.

    Counted back in UTC: where clocks skip a midnight, wall time would name the day after.
    """
    return (closes_at.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone).date()
