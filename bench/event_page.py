"""The page of an event with 1 and with 100 sessions: queries, bytes of the first visit, and CPU time.

Each session has two people and a document. The bytes are those that a browser loads with an empty cache: the page, the
style sheets, the font and the icon, compressed as a front server does (gzip, level 6; the font is compressed already).
The CPU time is that of a request through all middleware, measured in turns with a view that only answers "ok". On
another machine, only the ratio of the two can be compared.

    .venv/bin/python bench/event_page.py [REQUESTS]
"""

import atexit
import gzip
import os
import platform
import re
import sys
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]

from tests.servers import Postgres  # noqa: E402

TEMPORARY = tempfile.TemporaryDirectory(prefix="convoca-", dir="/tmp")
FOLDER = Path(TEMPORARY.name)
FOLDER.chmod(0o711)  # PostgreSQL may run as another user
(FOLDER / "static").mkdir()
POSTGRES = Postgres(FOLDER / "pg")
POSTGRES.start()
atexit.register(POSTGRES.stop)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "DATABASE_URL": POSTGRES.url("postgres"),
    "FILES_ROOT": str(FOLDER / "files"),
    "STATIC_ROOT": str(FOLDER / "static"),
}

import django  # noqa: E402

django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402

from config.urls import urlpatterns  # noqa: E402
from events.models import Event  # noqa: E402
from tests.factories import events as factories  # noqa: E402

QUERIES, FIRST_VISIT = 6, 60 * 1024
LOADED = re.compile(r'<link rel="(?:preload|stylesheet|icon)" href="/static/([^"]+)"')


def empty_view(_request: HttpRequest) -> HttpResponse:
    """A view that does nothing."""
    return HttpResponse("ok")


def make_event(sessions: int) -> Event:
    """Create a published event with this number of sessions, complete in both languages."""
    event: Event = factories.WindowFactory().event
    factories.EventSectionFactory(event=event, on_page=True)
    factories.EventOrganiserFactory.create_batch(3, event=event)
    for number in range(sessions):
        session = factories.SessionFactory(
            event=event,
            day=event.last_day if number % 2 else event.first_day,
            starts=time(8 + number % 10),
            description_en="<p>What it is about, in a sentence or two.</p>",
        )
        factories.PanellistFactory.create_batch(2, session=session)
        factories.AttachmentFactory(event=event, session=session)
    return event


def compressed_size(file: Path) -> int:
    """Return the number of bytes that are sent to the browser."""
    content = file.read_bytes()
    return len(content if file.suffix == ".woff2" else gzip.compress(content, 6))


def size_of_first_visit(html: bytes) -> int:
    """Return the number of bytes of the page and of everything that it loads."""
    files = {Path(str(finders.find(name))) for name in LOADED.findall(html.decode())}
    return len(gzip.compress(html, 6)) + sum(map(compressed_size, files))


def milliseconds(client: Client, address: str) -> float:
    started = process_time()
    client.get(address)
    return (process_time() - started) * 1000


def measure(sessions: int, requests: int) -> bool:
    """Print the figures of one page. Return True if the bars were reached."""
    client, address = Client(headers={"host": "localhost"}), make_event(sessions).get_absolute_url()
    if (status := client.get(address).status_code) != 200:
        sys.exit(f"{address} answers {status}.")
    with CaptureQueriesContext(connection) as queries:
        html = client.get(address).content
        asked = len(queries)
    weight = size_of_first_visit(html)
    pairs = [(milliseconds(client, address), milliseconds(client, "/trivial/")) for _ in range(requests)]
    page, nothing = (median(times) for times in zip(*pairs, strict=True))
    print(
        f"{sessions:3} sessions: {asked} queries, {len(html) / 1024:.1f} KB of HTML,"
        f" {weight / 1024:.1f} KB at the first visit, {page:.1f} ms of CPU (median),"
        f" {median(one / other for one, other in pairs):.1f} times a trivial view's {nothing:.2f} ms"
    )
    return asked <= QUERIES and weight <= FIRST_VISIT


def main(requests: int) -> int:
    """Print the figures. Return the exit status: 0 if all bars were reached."""
    urlpatterns.insert(0, path("trivial/", empty_view))
    call_command("migrate", verbosity=0)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {requests} requests of each kind")
    reached = [measure(sessions, requests) for sessions in (1, 100)]
    print(f"The bars are {QUERIES} queries and {FIRST_VISIT // 1024} KB.")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
