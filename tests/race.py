"""Several people doing the same in the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(count: int, act: Callable[[], Any], *refusals: type[Exception]) -> list[Any]:
    """What each got: a result, or one of the refusals. The test needs `transaction=True`."""
    start = Barrier(count)

    def one() -> Any:
        try:
            start.wait(timeout=30)
            return act()
        except refusals as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(one) for _number in range(count)]]
