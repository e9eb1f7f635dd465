"""An engine that fails: WeasyPrint does at the sight of a poisoned letter what it might do with a page that nobody has
thought of; and a disk of which more is left free. Only in workers with the settings of tests.faults.settings."""

import errno
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.apps import AppConfig

MARK = "Poison: "
LEAST_ROOM = "LEAST_ROOM"  # a variable of the environment


class Poison(AppConfig):
    """Makes the engine of this process do what a poisoned letter asks for."""

    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        """Look at each page before WeasyPrint does, and leave so many bytes of the disk free."""
        from weasyprint import HTML  # noqa: PLC0415  the programs that render nothing do not load it

        from documents import store  # noqa: PLC0415  Django must be ready first

        store.LEAST_ROOM = int(os.environ.get(LEAST_ROOM, store.LEAST_ROOM))

        take = HTML.__init__

        def look(html: HTML, *args: Any, **options: Any) -> None:
            page = str(options.get("string", ""))
            for name, act in ACTS.items():
                if f"{MARK}{name}." in page:
                    act()
            take(html, *args, **options)

        HTML.__init__ = look


def loop() -> None:
    while True:
        pass


def hang() -> None:
    """Deaf to the soft limit, as in a loop of C."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    time.sleep(3600)


def eat() -> None:
    """Up to the worker's limit, address by address: nothing is written into it."""
    eaten = []
    while True:
        eaten.append(bytearray(2**26))


def fill() -> None:
    """The next file of this process meets a full disk."""
    sync, thread = os.fsync, threading.get_ident()

    def full(number: int) -> None:
        if threading.get_ident() == thread:
            os.fsync = sync
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(number)

    os.fsync = full


ACTS: dict[str, Callable[[], object]] = {
    "loop": loop,
    "raise": lambda: 1 // 0,
    "eat": eat,
    "hang": hang,
    "fill": fill,
}
