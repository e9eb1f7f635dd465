"""The list of 2,000 participants and 500 badges with photographs, from the order to the file, as a worker makes them.

Both are long jobs, which must end well within a worker's time limit. There is no baseline: the bar is 60 seconds for
the list and half of the soft limit for the badges. The bar applies to the CPU time, because other programs can use the
machine; the elapsed time is printed too.

    .venv/bin/python bench/participants.py [PEOPLE [BADGES]]
"""

import atexit
import logging
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

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

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image, ImageChops  # noqa: E402

from documents import services  # noqa: E402
from documents.models import Batch, Document, Kind  # noqa: E402
from documents.rendering import warm_up  # noqa: E402
from documents.services.making import render_and_store  # noqa: E402
from documents.services.planning import plan  # noqa: E402
from events.models import Event  # noqa: E402
from registration.models import Participant, Upload  # noqa: E402
from tests.factories import DelegationFactory, EventFactory, StaffFactory  # noqa: E402

EACH = 10  # people per delegation
BARS = {Kind.PARTICIPANTS: 60.0, Kind.BADGES: settings.JOB_LIMITS["bulk"]["soft"] / 2}
FUNCTION = "Senadora, presidenta de la Comisión de Ciencia, Tecnología y Futuro del Parlamento"


def event_with(people: int) -> Event:
    """Create an event with this number of confirmed people, in delegations of ten."""
    event: Event = EventFactory(list_publication=Event.ListPublication.RECORD)
    delegations = DelegationFactory.create_batch(-(-people // EACH), event=event)
    Participant.objects.bulk_create(
        Participant(
            delegation=delegations[number // EACH],
            status=Participant.Status.CONFIRMED,
            confirmed_at=timezone.now(),
            order=number % EACH,
            role=Participant.Role.DELEGATE if number % EACH else Participant.Role.HEAD,
            honorific=Participant.Honorific.MS,
            gender=Participant.Gender.WOMAN if number % 2 else Participant.Gender.MAN,
            given_names="Muestra Añadida",
            family_names=f"Nº {number} de los Ángeles",
            function=FUNCTION,
            function_language="es",
        )
        for number in range(people)
    )
    return event


def add_photographs(event: Event) -> None:
    """Give each person of the event a different photograph."""
    folder = FOLDER / "files"
    settings.MEDIA_ROOT = str(folder)
    noise = Image.effect_noise((600, 800), 30).convert("RGB")
    for person in Participant.objects.filter(delegation__event=event):
        data = BytesIO()
        ImageChops.offset(noise, person.pk).save(data, "JPEG", quality=88)
        upload = Upload(
            delegation_id=person.delegation_id, participant=person, kind=Upload.Kind.PHOTO, size=1
        )
        upload.file.save("photo.jpg", ContentFile(data.getvalue()), save=True)


def make_document(event: Event, kind: Kind, options: Mapping[str, Any]) -> Document:
    """Order a document, plan and make it, and return it."""
    batch = services.order_batch(
        event=event, kind=kind, languages="es", date=date(2026, 9, 1), options=options, actor=StaffFactory()
    )
    plan(Batch.objects.claim(batch.pk))
    document = batch.documents.get()
    render_and_store(Document.objects.claim(document.pk))
    return Document.objects.get(pk=document.pk)


def main(people: int = 2000, badges: int = 500) -> int:
    """Print the figures. Return the exit status: 0 if all bars were reached."""
    logging.disable(logging.ERROR)  # there is no Redis here, so `dispatch.notify_workers` would log errors
    call_command("migrate", verbosity=0)
    warm_up()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, one process, load {os.getloadavg()[0]:.1f}")
    several = event_with(badges)
    add_photographs(several)
    orders = (
        (f"list of {people} people", event_with(people), Kind.PARTICIPANTS, {"final": True}),
        (f"{badges} badges with photographs", several, Kind.BADGES, {"form": "a6", "photos": True}),
    )
    is_reached = True
    for name, event, kind, options in orders:
        clock, processor = perf_counter(), process_time()
        document = make_document(event, kind, options)
        clock, processor = perf_counter() - clock, process_time() - processor
        is_reached &= document.state == "done" and processor <= BARS[kind]
        print(
            f"{name:30} {processor:5.1f} s of CPU (the bar is {BARS[kind]:.0f}), {clock:5.1f} s by the clock, ",
            end="",
        )
        print(f"{document.pages} pages, {document.size / 1e6:.1f} MB {document.error_text}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"at most {peak:.0f} MiB in memory")
    return 0 if is_reached else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
