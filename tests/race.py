"""Run the same action several times at the same moment, each with its own database connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic
from typing import Any

from django.db import connection


def be_patient() -> None:
    """Allow long waits for locks: on a busy machine, twenty waiters for one row need longer than a web request may."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '40s'; SET statement_timeout = '60s'")


def at_once(count: int, act: Callable[[], Any], *refusals: type[Exception]) -> list[Any]:
    """Call `act` `count` times at once. Return each result or refusal. The test needs `transaction=True`."""
    start = Barrier(count)

    def one() -> Any:
        try:
            be_patient()
            start.wait(timeout=30)
            return act()
        except refusals as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(one) for _number in range(count)]]


def in_own_connection(act: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Call `act` in a thread and return its result; close the thread's connection afterwards."""
    try:
        be_patient()
        return act(*args, **options)
    finally:
        connection.close()


def until_somebody_waits() -> None:
    """Wait until another connection waits for a lock. Raises TimeoutError after 30 seconds."""
    last = monotonic() + 30
    with connection.cursor() as cursor:
        while monotonic() < last:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise TimeoutError
