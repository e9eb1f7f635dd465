"""One letter: Convoca compared with WeasyPrint as shown on the first page of its manual, in one process.

Both make the signed invitation of 2021 as tagged PDF/UA-1, from the same words, with the same fonts and look, in turns.
The CPU time is compared. On another machine, only the ratio can be compared.

The naive letter is a plain first version, which was not made slow on purpose:
- one template with its style sheet inside, parsed each time; flex boxes, and a box for each line;
- `HTML(string=…).write_pdf()`, which creates a font configuration with all fonts of the system and an asset fetcher
  each time, with Python's normal garbage collection;
- the signature as a PNG with transparency; Convoca uses the same drawing as a JPEG;
- the QR symbol as segno returns it.
Both use HarfBuzz-Subset (without it, the naive letter takes seven times as long), and both are run once before.

The third letter is the best result of the options in WeasyPrint's manual: one font configuration for all letters, the
style sheet parsed once, no flex boxes (`lean_letter.html`, unchanged since the variants were compared), no fetcher that
prepares connections, the JPEG, and no garbage collection. It is only PDF/UA-1, and its words are not cleaned.

    .venv/bin/python bench/letter.py [LETTERS]
"""

import base64
import gc
import os
import platform
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from math import cos, sin
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

import segno  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402
from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.urls import URLFetcherResponse  # noqa: E402

from documents.rendering import fonts, render, warm_up  # noqa: E402
from documents.rendering.assets import AssetFetcher, image_name  # noqa: E402
from tests.documents.samples import LETTER_ES  # noqa: E402

BAR = 1.6  # times faster than naive
MARGIN = 15  # per cent that Convoca may take longer than the best


def signature() -> tuple[bytes, bytes]:
    """Return a drawing that replaces a signature, as a PNG with transparency and as a JPEG on white."""
    drawing = Image.new("RGBA", (600, 200))
    line = [(20 + i * 1.1, 100 + 60 * sin(i / 17) * cos(i / 41)) for i in range(500)]
    ImageDraw.Draw(drawing).line(line, fill="#141e5a", width=4)
    on_white = Image.new("RGB", drawing.size, "white")
    on_white.paste(drawing, mask=drawing.getchannel("A"))
    png, jpeg = BytesIO(), BytesIO()
    drawing.save(png, "PNG")
    on_white.save(jpeg, "JPEG", quality=85)
    return png.getvalue(), jpeg.getvalue()


PNG, JPEG = signature()
LETTER = replace(
    LETTER_ES, step=2, signatories=(replace(LETTER_ES.signatories[0], signature=image_name(JPEG)),)
)
NAIVE = Engine().from_string((ROOT / "bench" / "naive_letter.html").read_text())
BEFORE, STYLE, AFTER = re.split(
    "<style>(.*)</style>", (ROOT / "bench" / "lean_letter.html").read_text(), flags=re.DOTALL
)
LEAN = Engine().from_string(BEFORE + AFTER)
SHEET = CSS(string=STYLE, font_config=fonts.configuration(), url_fetcher=AssetFetcher(()))


def ours() -> bytes:
    return render(LETTER, [JPEG]).pdf


def naive() -> bytes:
    symbol = segno.make(LETTER.verify_url, error="m").svg_data_uri(border=0)
    image = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    html = NAIVE.render(Context({"paper": LETTER, "qr": symbol, "signature": image}))
    return HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")


class SymbolFetcher(AssetFetcher):
    """An asset fetcher that also provides the QR symbol."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url != "asset:qr":
            return super().fetch(url, headers)
        symbol = BytesIO()
        segno.make(LETTER.verify_url, error="m").save(symbol, kind="svg", border=0)
        return URLFetcherResponse(url, symbol.getvalue(), {"Content-Type": "image/svg+xml"})


def best() -> bytes:
    gc.disable()
    html = LEAN.render(Context({"paper": LETTER}))
    made = HTML(string=html, url_fetcher=SymbolFetcher([JPEG])).write_pdf(
        font_config=fonts.configuration(), stylesheets=[SHEET], pdf_variant="pdf/ua-1"
    )
    gc.enable()
    return made


def milliseconds(make: Callable[[], bytes]) -> float:
    started = process_time()
    make()
    return (process_time() - started) * 1000


def main(letters: int) -> int:
    """Print the figures. Return the exit status: 0 if all bars were reached."""
    warm_up()
    makers = {"naive": naive, "best": best, "ours": ours}
    sizes = {name: len(make()) for name, make in makers.items()}
    rounds = [{name: milliseconds(make) for name, make in makers.items()} for _ in range(letters)]
    ratio = median(one["naive"] / one["ours"] for one in rounds)
    longer = (median(one["ours"] / one["best"] for one in rounds) - 1) * 100
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {letters} letters of each kind in one process")
    for name in makers:
        spent = median(one[name] for one in rounds)
        print(f"{name:6} {spent:6.1f} ms of CPU (median) {sizes[name] / 1000:6.1f} kB")
    print(f"ratio  {ratio:6.2f} times faster than naive (the bar is {BAR})")
    print(f"ours   {longer:+6.1f} % against the best (the bar is {MARGIN})")
    return 0 if ratio >= BAR and longer <= MARGIN else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
