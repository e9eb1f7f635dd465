"""All letters of a conference, from the order to the ZIP, compared with WeasyPrint in a loop in one process.

The measured time of Convoca includes everything: the order, its plan, all letters made by Celery with two worker
processes and put in force, and the ZIP. PostgreSQL (without fsync) and Redis run; every file is flushed to the disk.
The 184 member parliaments of the directory get the invitation of 2021 in both languages. The workers and the folders
of the store exist before the measurement, as on a real site. The end of planning and of making is read from the
database.

The naive comparison gets the finished words and only makes the PDFs in memory, with the template `naive_letter.html`
and a new font configuration and asset fetcher for each letter (see `letter.py`). A third measurement shows the cost of
the rows, messages, files and hashes: one process makes the trial layouts that choose the size of the letters, then two
processes only render the same letters. Half of each comparison runs before our measurement and half after it, so that
all have the same conditions. On another machine, only the ratios can be compared.

    .venv/bin/python bench/batch.py [LETTERS]
"""

import atexit
import os
import platform
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep
from typing import Any

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
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "DATABASE_URL": POSTGRES.url("postgres"),
    "REDIS_URL": f"unix://{REDIS.address}",
    "FILES_ROOT": str(FOLDER / "files"),
    "STATIC_ROOT": str(FOLDER / "static"),
}

import django  # noqa: E402

django.setup()

import segno  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from weasyprint import HTML  # noqa: E402

from accounts.models import User  # noqa: E402
from config.sample import delegations, e_parliament_2021, loading  # noqa: E402
from documents import rendering, services  # noqa: E402
from documents.codes import new_code, verify_address  # noqa: E402
from documents.composing import Order, compose_drafts  # noqa: E402
from documents.models import Batch, Document, Kind  # noqa: E402
from documents.papers import LetterSnapshot  # noqa: E402
from documents.services.fitting import largest_steps  # noqa: E402
from events.models import Event, Organisation  # noqa: E402
from jobs.models import State  # noqa: E402

BAR = 2.4  # times faster than naive
COST = 15  # per cent that rows, messages, files and hashes may add to the time of rendering
WORKERS = 2
ALL = 368
NAIVE = Engine().from_string((ROOT / "bench" / "naive_letter.html").read_text())
POLL = 0.5  # seconds


def load_order(count: int) -> dict[str, Any]:
    """Load the conference of 2021 with its invitations, and return the arguments to order this number of letters."""
    call_command("migrate", verbosity=0)
    officer = User.objects.create_superuser("officer@secretariat.example")
    loading.load_directory(actor=officer)
    loading.load_organisations()
    loading.load_e_parliament(actor=officer, organiser=officer)
    delegations.invite_members(actor=officer)
    for number in range(256):
        (FOLDER / "files" / "documents" / f"{number:02x}").mkdir(parents=True)
    event = Event.objects.get(slug="e-parliament-2021")
    return {
        "event": event,
        "kind": Document.Kind.INVITATION,
        "organisations": list(
            Organisation.objects.filter(invitations__event=event).order_by("pk")[: count // 2]
        ),
        "languages": Batch.Languages.BOTH,
        "date": e_parliament_2021.LETTER_DATE,
        "actor": officer,
    }


def start_workers() -> None:
    """Start the workers and wait until they are ready. They end with this program."""
    log = FOLDER / "worker.log"
    worker = stack.start_worker("bench", "letters,bulk", concurrency=WORKERS, env=dict(os.environ), log=log)
    atexit.register(worker.end)
    stack.wait_until(lambda: " ready." in log.read_text(), worker)


def seconds_of_order(order: dict[str, Any]) -> tuple[float, float, float]:
    """Return the seconds from the order to the end of planning, to the last letter, and to the end of the ZIP."""
    batch = services.order_batch(**order)
    while batch.is_busy:
        sleep(POLL)
        batch.refresh_from_db()
    if failed := batch.documents.exclude(state=State.DONE).first():
        sys.exit(f"{failed} failed: {failed.reason}")
    ended = max(batch.finished_at, batch.documents.latest("finished_at").finished_at)
    planned, made = ((at - batch.created_at).total_seconds() for at in (batch.finished_at, ended))
    started = monotonic()
    with (FOLDER / "letters.zip").open("wb") as file:
        file.writelines(services.archive(batch.ready_documents))
    return planned, made, made + monotonic() - started


def repeat_order(order: dict[str, Any]) -> tuple[int, float]:
    """Repeat the order. Return how many letters are rendered again, and the seconds until the order is done."""
    before = set(Document.objects.values_list("pk", "finished_at"))
    _planned, seconds, _zipped = seconds_of_order(order)
    return len(set(Document.objects.values_list("pk", "finished_at")) - before), seconds


def seconds_of_trials(letters: list[LetterSnapshot]) -> float:
    """Return the seconds for the trial layouts that choose the size of the letters."""
    started = monotonic()
    largest_steps(letters)
    return monotonic() - started


def seconds_of_rendering(letters: list[LetterSnapshot]) -> float:
    """Return the seconds for rendering only, in as many processes as the worker has, forked after the warm-up."""
    fork = get_context("fork")
    begin = fork.Barrier(WORKERS + 1)
    size = ceil(len(letters) / WORKERS)  # contiguous parts, so that each has as many letters of each language
    parts = [letters[start : start + size] for start in range(0, len(letters), size)]
    processes = [fork.Process(target=render_all, args=(part, begin)) for part in parts]
    for process in processes:
        process.start()
    begin.wait()
    started = monotonic()
    for process in processes:
        process.join()
    return monotonic() - started


def render_all(letters: list[LetterSnapshot], begin: Any) -> None:
    begin.wait()
    for letter in letters:
        rendering.render(letter)


def composed_letters(order: dict[str, Any]) -> list[LetterSnapshot]:
    """Return the letters of the order with their finished words, for the comparisons."""
    chosen = Organisation.objects.filter(pk__in=[one.pk for one in order["organisations"]])
    asked = Order(
        order["event"], Kind(order["kind"]), order["date"], order["languages"], organisations=chosen
    )
    known = {"reference": "EPARL-2021-INV-UY-ES", "code": new_code()}
    address = verify_address(known["code"])
    papers = [draft.paper for draft in compose_drafts(asked)]
    return [
        replace(paper, step=2, verify_url=address, **known)
        for paper in papers
        if isinstance(paper, LetterSnapshot)
    ]


def naive(letter: LetterSnapshot) -> bytes:
    symbol = segno.make(letter.verify_url, error="m").svg_data_uri(border=0)
    html = NAIVE.render(Context({"paper": letter, "qr": symbol}))
    return HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")


def seconds_of_naive(letters: list[LetterSnapshot]) -> float:
    started = monotonic()
    for letter in letters:
        naive(letter)
    return monotonic() - started


def main(count: int) -> int:
    """Print the figures. Return the exit status: 0 if all bars were reached."""
    order = load_order(count)
    letters = composed_letters(order)
    start_workers()
    naive(letters[0])
    rendering.warm_up()
    half = len(letters) // 2
    theirs, trials = seconds_of_naive(letters[:half]), seconds_of_trials(letters)
    alone = seconds_of_rendering(letters[:half])
    planned, made, ours = seconds_of_order(order)
    alone += seconds_of_rendering(letters[half:])
    again = repeat_order(order)
    Organisation.objects.filter(pk=order["organisations"][0].pk).update(
        name_en="National Council of Specimens"
    )
    renamed = repeat_order(order)
    theirs += seconds_of_naive(letters[half:])
    ratio, cost = theirs / ours, (made / (trials + alone) - 1) * 100
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {len(letters)} letters")
    print(f"naive      {theirs:6.1f} s in one process, {len(letters) / theirs:5.1f} letters per second")
    print(f"rendering  {alone:6.1f} s in {WORKERS} processes that do nothing else, ", end="")
    print(f"after {trials:.1f} s of trial layouts in one")
    print(
        f"ours       {ours:6.1f} s from the click to the ZIP ({planned:.1f} s until it was planned, ", end=""
    )
    print(f"{made:.1f} s to the last letter)")
    print(f"ratio      {ratio:6.2f} times faster than naive (the bar is {BAR})")
    print(f"cost       {cost:6.1f} % more than rendering alone (the bar is {COST})")
    print(
        f"again      {again[0]:6} letters rendered when the same was ordered once more, in {again[1]:.1f} s; ",
        end="",
    )
    print(f"{renamed[0]} in {renamed[1]:.1f} s when one parliament had another English name")
    return 0 if ratio >= BAR and cost <= COST and (again[0], renamed[0]) == (0, 1) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL))
