"""The one clock that decides: the database's. Web servers and workers may disagree, it does not."""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def database_now() -> datetime:
    """The moment this is asked, in UTC, by the database's clock.

    `clock_timestamp()` moves on inside a transaction, so a deadline read after a lock is the true one.
    SQLite lives on the same machine and uses its clock.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
