"""How long a transaction waits for what others hold."""

from django.db import connection


def wait_up_to(seconds: int) -> None:
    """Let the rest of this transaction wait so long for what others hold, where many in a row are no failure.

    Within `statement_timeout`, which stays. SQLite has one patience for everything.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
