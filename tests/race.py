"""Several people doing the same in the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic
from typing import Any

from django.db import connection


def be_patient() -> None:
    """Twenty queue for one row: on a busy machine that takes longer than a web request may wait, and is no defect."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '40s'; SET statement_timeout = '60s'")


def at_once(count: int, act: Callable[[], Any], *refusals: type[Exception]) -> list[Any]:
    """What each got: a result, or one of the refusals. The test needs `transaction=True`."""
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


def apart(act: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What the act gives in a thread with a connection of its own, which it closes."""
    try:
        be_patient()
        return act(*args, **options)
    finally:
        connection.close()


def until_somebody_waits() -> None:
    """Come back once another connection waits for a lock. Raises TimeoutError after half a minute."""
    last = monotonic() + 30
    with connection.cursor() as cursor:
        while monotonic() < last:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise TimeoutError
