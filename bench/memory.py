"""The memory growth of a worker over many letters, and the cost of their ZIP for the web server.

One process renders invitations to 2,000 different parliaments, like a worker; the growth is measured after the first
hundred letters. Then the ZIP of a batch with the same number of letters is read as a browser would read it.

    .venv/bin/python bench/memory.py [LETTERS]
"""

import os
import platform
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TEMPORARY = tempfile.TemporaryDirectory(prefix="convoca-")
os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "FILES_ROOT": TEMPORARY.name}
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from documents import store  # noqa: E402
from documents.models import Batch  # noqa: E402
from documents.papers import LetterSnapshot  # noqa: E402
from documents.rendering import render, warm_up  # noqa: E402
from documents.services.archive import archive  # noqa: E402
from jobs.models import State  # noqa: E402
from tests.documents.samples import LETTER_EN, LETTER_ES  # noqa: E402
from tests.factories import BatchFactory  # noqa: E402

ALL = 2000
SETTLED = 100  # number of letters after which the caches are full
GROWTH, FIRST_BYTE, HELD = 20, 1.0, 20  # megabytes, seconds, megabytes


def letter(number: int) -> LetterSnapshot:
    """Return a letter with a different addressee for each number, with rare characters."""
    name = f"{chr(0x100 + number % 128)}arliament {chr(0x391 + number % 17)}{number}"
    lines = ("Speaker", name, "Specimen")
    return replace((LETTER_EN, LETTER_ES)[number % 2], addressee_lines=lines, recipient=name)


def resident_megabytes() -> float:
    """Return the resident memory of this process, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def growth_megabytes(letters: int) -> float:
    """Return the growth of the process between letter SETTLED and the last one, in megabytes."""
    warm_up()
    before = 0.0
    for number in range(letters):
        if number == SETTLED:
            before = resident_megabytes()
        render(letter(number))
    return resident_megabytes() - before


def batch_of(letters: int) -> Batch:
    """Create a batch with this number of finished letters, which share twenty files."""
    call_command("migrate", verbosity=0)
    kept = [store.save(lambda file: file.write(os.urandom(50_000))) for _number in range(20)]
    batch: Batch = BatchFactory()
    for number in range(letters):
        batch.documents.create(
            kind="invitation", event=batch.event, language="en", date=batch.date, subject=f"X{number}",
            reference=f"X{number}", code=f"X{number}", content_hash=f"X{number}", snapshot=letter(number).to_dict(),
            state=State.DONE, file_sha256=kept[number % len(kept)],
        )  # fmt: skip
    return batch


def measure_zip(batch: Batch) -> tuple[float, float, float]:
    """Return the seconds to the first and to the last byte of the ZIP, and the peak memory growth in megabytes."""
    before, started, first, most = resident_megabytes(), monotonic(), 0.0, 0.0
    for _part in archive(list(batch.ready_documents)):
        first = first or monotonic() - started
        most = max(most, resident_megabytes())
    return first, monotonic() - started, most - before


def main(letters: int) -> int:
    """Print the figures. Return the exit status: 0 if all bars were reached."""
    grown = growth_megabytes(letters)  # measured first: memory that the ZIP frees would hide the growth
    first, last, held = measure_zip(batch_of(letters))
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, ", end="")
    print(f"{letters} letters")
    print(f"worker     {grown:6.1f} MB more after the last letter than after {SETTLED} (the bar is {GROWTH})")
    print(f"ZIP        {first:6.3f} s to its first byte (the bar is {FIRST_BYTE}), {last:.1f} s to its last")
    print(f"           {held:6.1f} MB held at most (the bar is {HELD})")
    return 0 if grown < GROWTH and first < FIRST_BYTE and held < HELD else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL))
