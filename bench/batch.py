"""The letters of one conference through Celery with two workers, against WeasyPrint one after another in one process.

Ours is all of it: from the order to the last letter put in force, with PostgreSQL, Redis and every file flushed to
the disk. The 184 member parliaments of the directory get the invitation of 2021 in both languages. The workers have
been started before, as they are on a site. The naive side gets the same words, written already, and makes the PDFs
in memory and no more: the template of `naive_letter.html`, a font configuration and an asset fetcher of its own for
each letter (see `letter.py`). Half of it runs before ours and half after, so that both see the same machine.
Only the ratio means anything on another machine.

    .venv/bin/python bench/batch.py [LETTERS]
"""

import atexit
import os
import platform
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
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
from documents import services  # noqa: E402
from documents.codes import new_code, verify_address  # noqa: E402
from documents.composing import Order, drafts  # noqa: E402
from documents.models import Batch, Document, Kind  # noqa: E402
from documents.papers import LetterSnapshot  # noqa: E402
from events.models import Event, Organisation  # noqa: E402
from jobs.models import State  # noqa: E402

BAR = 2.2
WORKERS = 2
ALL = 368
NAIVE = Engine().from_string((ROOT / "bench" / "naive_letter.html").read_text())
POLL = 0.2  # seconds


def load() -> tuple[Event, User]:
    """The conference of 2021 with its template and the invitations to all members."""
    call_command("migrate", verbosity=0)
    officer = User.objects.create_superuser("officer@secretariat.example")
    loading.load_directory(actor=officer)
    loading.load_organisations()
    loading.load_e_parliament(actor=officer, organiser=officer)
    delegations.invite_members(actor=officer)
    return Event.objects.get(slug="e-parliament-2021"), officer


def start_workers() -> None:
    """Return when they are ready; they end with this program."""
    log = FOLDER / "worker.log"
    worker = stack.start_worker("bench", "letters,bulk", concurrency=WORKERS, env=dict(os.environ), log=log)
    atexit.register(worker.end)
    stack.wait_until(lambda: " ready." in log.read_text(), worker)


def seconds_of_ours(order: dict[str, Any]) -> float:
    """From the order to the last letter in force."""
    started = monotonic()
    batch = services.order_batch(**order)
    while batch.is_busy:
        sleep(POLL)
        batch.refresh_from_db()
    seconds = monotonic() - started
    if failed := batch.documents.exclude(state=State.DONE).first():
        sys.exit(f"{failed} failed: {failed.reason}")
    return seconds


def words(order: dict[str, Any]) -> list[LetterSnapshot]:
    """The letters of the order as the naive side gets them."""
    chosen = Organisation.objects.filter(pk__in=[one.pk for one in order["organisations"]])
    asked = Order(
        order["event"], Kind(order["kind"]), order["date"], order["languages"], organisations=chosen
    )
    known = {"reference": "EPARL-2021-INV-UY-ES", "code": new_code()}
    address = verify_address(known["code"])
    papers = [draft.paper for draft in drafts(asked)]
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
    """Print the figures; the exit status says whether the bar was reached."""
    event, officer = load()
    invited = [one.organisation for one in event.invitations.select_related("organisation")]
    order = {
        "event": event,
        "kind": Document.Kind.INVITATION,
        "organisations": invited[: count // 2],
        "languages": Batch.Languages.BOTH,
        "date": e_parliament_2021.LETTER_DATE,
        "actor": officer,
    }
    letters = words(order)
    start_workers()
    naive(letters[0])
    half = len(letters) // 2
    before = seconds_of_naive(letters[:half])
    ours = seconds_of_ours(order)
    theirs = before + seconds_of_naive(letters[half:])
    ratio = theirs / ours
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {len(letters)} letters")
    print(f"naive  {theirs:6.1f} s in one process, {len(letters) / theirs:5.1f} letters per second")
    print(f"ours   {ours:6.1f} s with {WORKERS} workers, {len(letters) / ours:5.1f} letters per second")
    print(f"ratio  {ratio:6.2f} (the bar is {BAR})")
    return 0 if ratio >= BAR else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL))
