"""Signatures and logos: what is kept of an upload, and what is refused."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from attachments.validators import FileRefused
from documents.pictures import prepare_for_print, vectors
from documents.pictures.vectors import VectorRefused, clean_svg
from tests.documents.samples import jpeg, picture

BEGINNING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80">'

CLIPPED = '<clipPath id="a"%s>%s</clipPath>%s<path d="M0 0"/>'
CIRCLE = '<circle r="9"></circle>'


def svg(inside: str, beginning: str = BEGINNING) -> bytes:
    return f"{beginning}{inside}</svg>".encode()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_scan_is_cut_to_its_ink_and_set_on_white_in_600_pixels():
    kept = prepare_for_print(upload("signature.png", picture(1800, 900)))

    image = Image.open(BytesIO(kept.data))
    assert (image.format, image.mode, image.width, image.info["dpi"]) == ("JPEG", "RGB", 600, (300, 300))
    assert image.height < 150
    assert image.getpixel((0, image.height - 1)) > (250, 250, 250)


def test_picture_is_the_same_for_the_same_upload_and_holds_nothing_else():
    noted = BytesIO()
    Image.new("RGB", (400, 200), "navy").save(noted, "JPEG", exif=b"Exif\x00\x00secret", comment=b"secret")

    first, second = (prepare_for_print(upload("logo.jpg", noted.getvalue())) for _time in range(2))

    assert first.name == second.name
    assert b"secret" not in first.data


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.png", b"GIF89a", "its content is neither JPEG nor PNG."),
        ("a.png", b"", "it is empty."),
        ("a.jpg", jpeg(60, 20), "the picture is too small. It needs at least 100 pixels on its longer side."),
        ("a.png", b"<html><svg></svg></html>", "its content is neither JPEG nor PNG."),
        ("a.svg", b"<svg", "it is damaged or not an SVG."),
        ("a.svg", b'<?xml version="1.0"?><html/>', "it is damaged or not an SVG."),
    ],
)
def test_what_is_no_picture_is_refused_in_words(name, data, reason):
    with pytest.raises(FileRefused) as refused:
        prepare_for_print(upload(name, data))

    assert refused.value.reason == reason


def test_empty_paper_is_refused():
    blank = BytesIO()
    Image.new("RGB", (400, 200), "white").save(blank, "PNG")

    with pytest.raises(FileRefused, match="nothing can be seen"):
        prepare_for_print(upload("a.png", blank.getvalue()))


def test_drawing_keeps_its_shapes_and_colours_alone():
    drawing = svg(
        "<script>alert(1)</script><!-- note --><metadata><x/></metadata><title>x</title>"
        '<g onclick="alert(1)" transform="translate(10,10)" class="a" data-x="1">'
        '<path style="fill:#0b5394;behavior:url(x)" d="M0 0L9 9z" onload="alert(1)"/>'
        '<circle r="3" fill="url(https://evil.example/a)"><animate attributeName="r"/></circle></g>'
        '<foreignObject><p>x</p></foreignObject><a href="https://evil.example"><rect width="1"/></a>'
    )

    assert clean_svg(drawing) == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80">'
        b'<g transform="translate(10,10)"><path d="M0 0L9 9z" fill="#0b5394"/><circle r="3"/></g></svg>'
    )
    assert clean_svg(clean_svg(drawing)) == clean_svg(drawing)


def test_drawing_without_a_box_takes_that_of_its_size():
    drawing = svg(
        '<rect width="5" height="5"/>', '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="10mm">'
    )

    assert b'viewBox="0 0 20 10"' in clean_svg(drawing)


SQUARE = '<rect width="50" height="50"%s/>'
UNSEEN = "nothing in it would show in print. Save it as plain paths and colours, or as PNG."


@pytest.mark.parametrize(
    "inside",
    [
        f"<a>{SQUARE % ''}</a>",
        f"<defs>{SQUARE % ''}</defs>",
        SQUARE % ' fill="none"',
        SQUARE % ' fill="#fff" stroke="white"',
        SQUARE % ' opacity="0"',
        SQUARE % ' style="fill-opacity:0"',
        SQUARE % ' style="display:none"',
        SQUARE % ' visibility="hidden"',
        SQUARE % ' x="200"',
        SQUARE % ' transform="translate(-60,0)"',
        '<path d="M10 10"/>',
        '<path d="nothing"/>',
        '<circle r="large"/>',
        '<path d="M0 0" stroke-dasharray="a"/>',
        f'<g opacity="0">{SQUARE % ""}</g>',
    ],
)
def test_drawing_of_which_nothing_would_be_seen_is_refused(inside):
    with pytest.raises(FileRefused) as refused:
        prepare_for_print(upload("logo.svg", svg(inside)))

    assert refused.value.reason == UNSEEN


@pytest.mark.parametrize(
    "inside",
    [
        SQUARE % "",
        '<path d="M10 10h50" stroke="navy"/>',
        '<path d="M10,10a5,5 0 1,1 10,0" fill="none" stroke="#0b5394" stroke-width="2"/>',
        SQUARE % ' x="200" transform="translate(-180,0)"',
        f'<g opacity=".5"><g opacity=".5">{SQUARE % ""}</g></g>',
        SQUARE % ' fill="hsl(210,80%,30%)"',
        '<polygon points="1,1 20,1 20,20" fill="white" stroke="black"/>',
        '<circle cx="50" cy="40" r="30%"/>',
        f'<clipPath id="a">{CIRCLE}</clipPath><g clip-path="url(#a)">{SQUARE % ""}</g>',
    ],
)
def test_drawing_of_which_something_is_seen_is_kept(inside):
    assert prepare_for_print(upload("logo.svg", svg(inside))).data == clean_svg(svg(inside))


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        (svg("<text>UIP</text>"), "<text>"),
        (svg('<image href="file:///etc/passwd"/>'), "<image>"),
        (svg('<use href="https://evil.example/#a"/>'), "<use>"),
        (svg("<style>@import url(//evil.example)</style><path d='M0 0'/>"), "<style>"),
        (svg('<linearGradient id="a"/>'), "<linearGradient>"),
        (svg(""), "nothing is drawn"),
        (svg("<script>alert(1)</script>"), "nothing is drawn"),
        (svg("<path d='M0 0'/>", "<svg xmlns='http://www.w3.org/2000/svg'>"), "needs a viewBox"),
        (svg("<path d='M0 0'/>", BEGINNING.replace("100", "nan")), "needs a viewBox"),
        (svg("<path d='M0 0'/>" * 900), "too many shapes"),
        (svg("<g>" * 40 + "<path d='M0 0'/>" + "</g>" * 40), "too many shapes"),
        (
            svg(CLIPPED % ("", CIRCLE * 90, CIRCLE.replace("></", ' clip-path="url(#a)"></') * 90)),
            "too many shapes",
        ),
        (svg(CLIPPED % ("", CIRCLE.replace("></", ' clip-path="url(#a)"></'), "")), "too many shapes"),
        (svg(CLIPPED % (' clip-path="#a"', CIRCLE, "")), "too many shapes"),
        (svg("<path d='M0 0'/>", BEGINNING.replace("0 0", "nan 0")), "needs a viewBox"),
        (b"<svg>" + b" " * vectors.MAX_BYTES, "too large"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "entities"),
        (
            b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("&b;"),
            "entities",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_drawing_that_would_be_another_or_do_something_is_refused(drawing, reason):
    with pytest.raises(VectorRefused, match=reason):
        clean_svg(drawing)
