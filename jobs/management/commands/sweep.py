"""manage.py sweep: notify the workers of rows that wait, until SIGTERM."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from jobs import services

logger = logging.getLogger(__name__)

HOUR = 3600


class Command(BaseCommand):
    help = "Ring for background work that waits. Runs until SIGTERM; --once for a single round."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *_args: str, **options: object) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        chores_at = time.monotonic()
        while not stop.is_set():
            close_old_connections()
            if time.monotonic() >= chores_at and not options["once"]:
                chores_at += HOUR
                services.do_chores()
            try:
                services.sweep()
            except (OperationalError, RedisError, OSError) as error:
                logger.warning("broker unreachable, rows wait: %s", type(error).__name__)
            except DatabaseError as error:
                logger.warning("database unreachable: %s", type(error).__name__)
            if options["once"]:
                return
            stop.wait(settings.SWEEP_INTERVAL)
