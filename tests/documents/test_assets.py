"""A paper shows the given images and can fetch nothing else."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from documents.rendering import RenderingError, render
from documents.rendering.assets import AssetFetcher, image_name
from tests.documents.samples import LETTER_EN, jpeg, letter_with_body, signed_with

pytestmark = pytest.mark.slow


def test_images_of_a_letter_say_what_they_show() -> None:
    image = jpeg()

    with pikepdf.open(BytesIO(render(signed_with(image), [image]).pdf)) as pdf:
        elements = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        spoken = {str(one.Alt) for one in elements}

    assert spoken == {
        "Signature of Specimen One",
        f"QR symbol with verification code {LETTER_EN.code}, address {LETTER_EN.verify_url}",
    }


def test_signature_that_cannot_be_drawn_is_refused() -> None:
    broken = jpeg()[:40]

    with pytest.raises(RenderingError, match="could not be drawn") as refusal:
        render(signed_with(broken), [broken])
    assert refusal.value.code == "incomplete"


@pytest.mark.parametrize("image", [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"", b"<html>"])
def test_image_that_is_neither_jpeg_nor_svg_has_no_name(image: bytes) -> None:
    with pytest.raises(ValueError, match="JPEG or an SVG"):
        image_name(image)


class Canary:
    """A web server and a file that rendering must not read."""

    def __init__(self, folder: Path) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                self.send_error(404)

            def log_message(self, *_args: object) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/canary"
        file = folder / "canary.svg"
        file.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>canary-in-a-file</text></svg>')
        self.file = file.as_uri()


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    canary = Canary(tmp_path_factory.mktemp("canary"))
    thread = threading.Thread(target=canary.server.serve_forever)
    thread.start()
    yield canary
    canary.server.shutdown()
    thread.join()
    canary.server.server_close()


HOSTILE = [
    '<img src="{address}">',
    '<img srcset="{address} 2x" src="asset:qr">',
    '<link rel="stylesheet" href="{address}">',
    '<link rel="attachment" href="{address}">',
    '<a rel="attachment" href="{address}">x</a>',
    '<style>@import url("{address}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{address}") }} p {{ font-family: x }}</style><p>x</p>',
    '<style>p {{ background: url("{address}") }}</style><p>x</p>',
    '<p style="background-image: url({address})">x</p>',
    '<p style="content: url({address})">x</p>',
    '<p style="border-image: url({address}) 1; border-style: solid">x</p>',
    '<ul style="list-style-image: url({address})"><li>x</li></ul>',
    '<style>p::before {{ content: url("{address}") }}</style><p>x</p>',
    '<style>@page {{ background: url("{address}"); @top-left {{ content: url("{address}") }} }}</style>',
    '<object data="{address}"></object>',
    '<embed src="{address}">',
    '<iframe src="{address}"></iframe>',
    '<video poster="{address}"></video>',
    '<input type="image" src="{address}">',
    '<body background="{address}">x</body>',
    '<table background="{address}"><tr><td>x</td></tr></table>',
    '<base href="{address}/"><img src="x.png">',
    '<meta http-equiv="refresh" content="0; url={address}">',
    '<script src="{address}"></script>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{address}#x"/></svg>',
    "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}'/></svg>\">",
]


@pytest.mark.parametrize("where", ["url", "file"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_body_fetches_nothing(hostile: str, where: str, canary: Canary) -> None:
    html = "<p>Texto.</p>" + hostile.format(address=getattr(canary, where))

    made = render(letter_with_body(html))

    assert canary.calls == []
    assert_no_canary(made.pdf)


@pytest.mark.parametrize("where", ["url", "file"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_page_that_was_not_cleaned_fetches_nothing(hostile: str, where: str, canary: Canary) -> None:
    fetcher = AssetFetcher(())
    html = "<p>Texto.</p>" + hostile.format(address=getattr(canary, where))

    try:
        pdf = HTML(string=html, url_fetcher=fetcher).write_pdf(presentational_hints=True)
    except FatalURLFetchingError:
        assert fetcher.calls == 1
    else:
        assert_no_canary(pdf)
    assert canary.calls == []


@pytest.mark.parametrize("where", ["url", "file"])
def test_signature_that_points_outside_is_refused(where: str, canary: Canary) -> None:
    address = getattr(canary, where)
    image = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}" width="9" height="9"/></svg>'.encode()

    with pytest.raises(RenderingError) as refusal:
        render(signed_with(image), [image])

    assert (refusal.value.code, canary.calls) == ("incomplete", [])


def assert_no_canary(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        assert dict(document.attachments) == {}
        streams = [
            one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream) and is_text(one)
        ]
    assert [stream for stream in streams if b"canary-in-a-file" in stream] == []


def is_text(stream: pikepdf.Stream) -> bool:
    return "/Subtype" not in stream and "/Length1" not in stream
