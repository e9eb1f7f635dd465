"""Make WeasyPrint fail at a poisoned letter, as it could fail at an unforeseen page, and simulate a full disk.

This app is used only by workers with the settings of tests.faults.settings.
"""

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
    """Makes WeasyPrint in this process perform the act that a poisoned letter names."""

    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        """Check each page before WeasyPrint reads it, and set the free disk space that the store requires."""
        from weasyprint import HTML  # noqa: PLC0415  programs that do not render do not load it

        from documents import store  # noqa: PLC0415  Django must be ready first

        store.MIN_ROOM = int(os.environ.get(LEAST_ROOM, store.MIN_ROOM))

        take = HTML.__init__

        def look(html: HTML, *args: Any, **options: Any) -> None:
            page = str(options.get("string", ""))
            for name, act in ACTS.items():
                if f"{MARK}{name}." in page:
                    act()
            take(html, *args, **options)

        HTML.__init__ = look


def loop_forever() -> None:
    while True:
        pass


def ignore_limits() -> None:
    """Hang and ignore the soft time limit, like an endless loop in C code."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    time.sleep(3600)


def use_address_space() -> None:
    """Allocate address space up to the worker's limit, without using the memory."""
    eaten = []
    while True:
        eaten.append(bytearray(2**26))


def fill_disk() -> None:
    """Simulate a full disk for the next file of this thread."""
    sync, thread = os.fsync, threading.get_ident()

    def full(number: int) -> None:
        if threading.get_ident() == thread:
            os.fsync = sync
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(number)

    os.fsync = full


ACTS: dict[str, Callable[[], object]] = {
    "loop": loop_forever,
    "raise": lambda: 1 // 0,
    "eat": use_address_space,
    "hang": ignore_limits,
    "fill": fill_disk,
}
