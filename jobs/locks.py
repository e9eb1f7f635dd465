"""How long a transaction waits for locks."""

from django.db import connection


def set_lock_timeout(seconds: int) -> None:
    """Set the lock timeout for the rest of this transaction. Use it where a long queue for one lock is normal.

    `statement_timeout` still applies. SQLite has only one timeout, so nothing is set there.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
