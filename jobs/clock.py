"""The database's clock. It decides all deadlines, because the clocks of web servers and workers can differ."""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def database_now() -> datetime:
    """Return the current time of the database's clock, in UTC.

    `clock_timestamp()` advances during a transaction, so the time is correct even after waiting for a lock.
    SQLite runs on the same machine, so the machine's clock is used.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
