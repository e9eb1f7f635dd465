"""Export the list of 100,000 people of one event as CSV and as XLSX.

The baseline writes the same columns as stored in the database, without names for codes and without checking cells: only
the query and the file. The CPU time is measured, in one process.

    .venv/bin/python bench/exports.py [PEOPLE]
"""

import atexit
import csv
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]

from tests.servers import Postgres  # noqa: E402

TEMPORARY = tempfile.TemporaryDirectory(prefix="convoca-", dir="/tmp")
FOLDER = Path(TEMPORARY.name)
FOLDER.chmod(0o711)  # PostgreSQL may run as another user
POSTGRES = Postgres(FOLDER / "pg")
POSTGRES.start()
atexit.register(POSTGRES.stop)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "DATABASE_URL": POSTGRES.url("postgres"),
    "FILES_ROOT": str(FOLDER / "files"),
}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import translation  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from events.models import Event  # noqa: E402
from registration import exports  # noqa: E402
from registration.models import Participant  # noqa: E402
from tests.factories import DelegationFactory, EventFactory  # noqa: E402

DELEGATIONS = 200
TIMES = {"csv": 10, "xlsx": 4}  # highest allowed ratio to the baseline
ROLES, GENDERS = Participant.Role.values, Participant.Gender.values


def event_with(people: int) -> Event:
    """Create an event with this number of confirmed people, in delegations of equal size."""
    event: Event = EventFactory()
    delegations = DelegationFactory.create_batch(DELEGATIONS, event=event)
    Participant.objects.bulk_create(
        (
            Participant(
                delegation=delegations[number % DELEGATIONS],
                order=number // DELEGATIONS,
                role=ROLES[1 + number % (len(ROLES) - 1)],
                gender=GENDERS[number % len(GENDERS)],
                status=Participant.Status.CONFIRMED,
                given_names=f"Specimen {number}",
                family_names=f"Muestra {number}",
            )
            for number in range(people)
        ),
        batch_size=5000,
    )
    return event


def plain_rows(event: Event) -> list[tuple[object, ...]]:
    """Return the columns of the list as stored in the database."""
    names = ("code", "name_en", "parliament__group")
    columns = (
        *(f"delegation__organisation__{name}" for name in names),
        *("delegation__status", "status", "role", "honorific", "given_names", "family_names", "gender"),
    )
    people = Participant.objects.present().filter(delegation__event=event)
    return list(people.order_by("delegation__organisation__code", "order", "pk").values_list(*columns))


def plain_csv(event: Event) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(plain_rows(event))
    return out.getvalue().encode()


def plain_xlsx(event: Event) -> bytes:
    book, out = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet()
    for row in plain_rows(event):
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def cpu_seconds(make: Callable[[], object]) -> float:
    """Return the seconds of CPU time."""
    started = process_time()
    make()
    return process_time() - started


def main(people: int) -> int:
    """Print the figures. Return the exit status: 0 if all bars were reached."""
    call_command("migrate", verbosity=0)
    event = event_with(people)
    reached = True
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}; {people} people")
    for extension, plain in (("csv", plain_csv), ("xlsx", plain_xlsx)):
        with translation.override("es"):
            ours = cpu_seconds(lambda extension=extension: exports.file_response(event, "people", extension))  # type: ignore[misc]
        base = cpu_seconds(lambda plain=plain: plain(event))  # type: ignore[misc]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{extension}: {ours:.1f} s, {ours / base:.1f} times the plain table of {base:.1f} s"
            f" (the bar is {TIMES[extension]}); {peak:.0f} MB at most so far"
        )
        reached &= ours / base <= TIMES[extension]
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
