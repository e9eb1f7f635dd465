"""Submit a delegation: the CPU time for a delegation of ten people, and the waiting time of 200 at the same moment.

The first figure is one POST through all middleware, in one process: session, form, rules of a workshop, places, audit
entry and receipt. The second is the last evening before a deadline: 200 coordinators, 40 places, four web server
processes, PostgreSQL and Redis, all on this machine, including the 200 clients.

    .venv/bin/python bench/submit.py [SUBMISSIONS]
"""

import atexit
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]

import stack  # noqa: E402
from tests.servers import Postgres, Redis  # noqa: E402

TEMPORARY = tempfile.TemporaryDirectory(prefix="convoca-", dir="/tmp")
FOLDER = Path(TEMPORARY.name)
FOLDER.chmod(0o711)  # PostgreSQL may run as another user
POSTGRES, REDIS = Postgres(FOLDER / "pg"), Redis(FOLDER / "redis.sock")
for server in (POSTGRES, REDIS):
    server.start()
    atexit.register(server.stop)
for name in ("files", "static"):
    (FOLDER / name).mkdir()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "DATABASE_URL": POSTGRES.url("postgres"),
    "REDIS_URL": f"unix://{REDIS.address}",
    "FILES_ROOT": str(FOLDER / "files"),
    "STATIC_ROOT": str(FOLDER / "static"),
}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from events.models import Event  # noqa: E402
from registration.models import Delegation, Participant  # noqa: E402
from tests.factories import EventFactory, ParticipantFactory, PlacesFactory, WindowFactory  # noqa: E402
from tests.live import crowd  # noqa: E402

PEOPLE, CPU = 10, 60  # milliseconds
EVERYBODY, PLACES, WITHIN = 200, 40, 10  # seconds
SITES = 2  # of two processes each


def event_with(places: int) -> Event:
    """Create an event with open registration and this number of places."""
    event: Event = WindowFactory(event=EventFactory()).event
    PlacesFactory(event=event, places=places)
    return event


def cpu_milliseconds(delegation: Delegation) -> float:
    """Return the milliseconds of CPU time for one submission."""
    for order in range(1, PEOPLE):
        ParticipantFactory(delegation=delegation, function="Member", order=order)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(delegation.coordinators.get())
    keys = delegation.participants.values_list("pk", flat=True)
    fields = {"version": delegation.version, "privacy_read": "on", "people": list(keys)}
    address = reverse("registration:check", args=[delegation.pk])
    started = process_time()
    answer = browser.post(address, fields)
    spent = (process_time() - started) * 1000
    if answer.status_code != 302:
        sys.exit(f"{address} answers {answer.status_code}.")
    return spent


def submit_at_once(number: int) -> list[crowd.Answer]:
    """Return the answers to this number of submissions at the same time."""
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=dict(os.environ), check=True)
    servers = [stack.start_web(0, env=dict(os.environ), log=FOLDER / f"web{n}.log") for n in range(SITES)]
    try:
        return crowd.submit_all(
            [address for _server, address in servers], crowd.delegations_of(event_with(PLACES), number)
        )
    finally:
        for service, _address in servers:
            service.end()


def main(submissions: int) -> int:
    """Print the figures. Return the exit status: 0 if all bars were reached."""
    call_command("migrate", verbosity=0)
    event = event_with(submissions * PEOPLE)
    times = [cpu_milliseconds(delegation) for delegation in crowd.delegations_of(event, submissions)]
    answers = submit_at_once(EVERYBODY)
    p95, refused = crowd.percentile(answers, 0.95), sum(answer.status != 302 for answer in answers)
    held = Participant.objects.with_status(Participant.Status.SUBMITTED).exclude(delegation__event=event)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}")
    print(
        f"delegation of {PEOPLE}: {median(times):.1f} ms of CPU (median of {submissions}; the bar is {CPU})"
    )
    print(
        f"{EVERYBODY} at once: {held.count()} hold the {PLACES} places, {refused} refused,"
        f" 95 of 100 answered within {p95:.1f} s (the bar is {WITHIN})"
    )
    reached = median(times) <= CPU and p95 <= WITHIN and held.count() == PLACES and not refused
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
