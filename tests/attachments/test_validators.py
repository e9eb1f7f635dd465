"""Accepted and refused files, the messages, and the names offered for download."""

import struct
import tracemalloc
import zlib

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from attachments.compound import MAGIC
from attachments.validators import MAX_NAME, FileRefused, clean_name, detect_type
from tests.attachments.samples import (
    ACCEPTED,
    END,
    OFFICE,
    archive,
    compound,
    office,
    opendocument,
    pdf,
    picture,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
WINDOWS_PROGRAM = b"MZ\x90\0" + b"\0" * 300


def reason(content, name):
    with translation.override("en"), pytest.raises(FileRefused) as refused:
        detect_type(ContentFile(content), name)
    return refused.value.reason


@pytest.mark.parametrize("extension", ACCEPTED)
def test_file_of_an_accepted_type_is_known_by_its_content(extension):
    found = detect_type(ContentFile(ACCEPTED[extension]), f"Agenda.{extension.upper()}")

    assert found.extension == {"jpeg": "jpg"}.get(extension, extension)


def test_file_with_an_embedded_sheet_is_still_a_word_document():
    content = compound("1Table", "WordDocument", inside=("Workbook", "Book"))

    assert detect_type(ContentFile(content), "report.doc").extension == "doc"


def test_file_with_a_long_directory_is_read_to_its_end():
    content = compound(*(f"Stream {number}" for number in range(20)), "Workbook")

    assert detect_type(ContentFile(content), "figures.xls").extension == "xls"


def truncated(content):
    return content[: len(content) // 2]


def broken_picture():
    content = bytearray(ACCEPTED["png"])
    content[45] ^= 0xFF  # inside the data, so that the checksum is wrong
    return bytes(content)


def giant_picture():
    """A picture whose header declares ten thousand million pixels, with one byte of them."""
    chunk = b"IHDR" + struct.pack(">2I5B", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


HOSTILE = {
    "html as pdf": (HTML, "x.pdf", "its content is not PDF."),
    "html before pdf": (HTML + pdf(), "x.pdf", "its content is not PDF."),
    "svg as png": (SVG, "x.png", "its content is not PNG."),
    "xml as docx": (b"<?xml version='1.0'?>" + SVG, "x.docx", "its content is not Word."),
    "rtf as doc": (b"{\\rtf1 text}", "x.doc", "its content is not Word."),
    "program as pdf": (WINDOWS_PROGRAM, "x.pdf", "its content is not PDF."),
    "shell script as zip": (b"#!/bin/sh\nrm -rf /", "x.zip", "its content is not ZIP."),
    "gif as jpg": (picture("GIF"), "x.jpg", "its content is not JPEG."),
    "tiff as jpg": (picture("TIFF"), "x.jpg", "its content is not JPEG."),
    "png as jpg": (
        ACCEPTED["png"],
        "x.jpg",
        "its content is PNG (.png), but its name ends in .jpg.",
    ),
    "zip as docx": (
        ACCEPTED["zip"],
        "x.docx",
        "its content is ZIP (.zip), but its name ends in .docx.",
    ),
    "docx as zip": (
        ACCEPTED["docx"],
        "x.zip",
        "its content is Word (.docx), but its name ends in .zip.",
    ),
    "pptx as docx": (
        ACCEPTED["pptx"],
        "x.docx",
        "its content is PowerPoint (.pptx), but its name ends in .docx.",
    ),
    "xls as doc": (
        ACCEPTED["xls"],
        "x.doc",
        "its content is Excel (.xls), but its name ends in .doc.",
    ),
    "docx with macros by type": (
        archive(
            **{"[Content_Types].xml": f'"{OFFICE}.ms-word.document.macroEnabled.main+xml"', "word__a": "x"}
        ),
        "x.docx",
        "its content is not Word.",
    ),
    "docx with macros inside": (
        office("wordprocessingml.document", "word/document.xml", **{"word__vbaProject.bin": b"x"}),
        "x.docx",
        "its content is not Word.",
    ),
    "docx template": (
        office("wordprocessingml.template", "word/document.xml"),
        "x.docx",
        "its content is not Word.",
    ),
    "odt that says html": (
        archive(mimetype="text/html"),
        "x.odt",
        "its content is not OpenDocument.",
    ),
    "odt template": (
        opendocument("text-template"),
        "x.odt",
        "its content is not OpenDocument.",
    ),
    "epub as zip": (
        archive(mimetype="application/epub+zip"),
        "x.zip",
        "its content is not ZIP.",
    ),
    "zip without a file": (archive(), "x.zip", "its content is not ZIP."),
    "zip cut short": (truncated(ACCEPTED["zip"]), "x.zip", "its content is not ZIP."),
    "picture with a zip behind": (
        ACCEPTED["jpg"] + ACCEPTED["zip"],
        "x.zip",
        "its content is JPEG (.jpg), but its name ends in .zip.",
    ),
    "installer as doc": (compound("Property", "Tables"), "x.doc", "its content is not Word."),
    "compound cut short": (ACCEPTED["doc"][:700], "x.doc", "its content is not Word."),
    "compound without end": (
        compound("Property", chain=1),
        "x.doc",
        "its content is not Word.",
    ),
    "compound header alone": (ACCEPTED["doc"][:8], "x.doc", "its content is not Word."),
    "pdf cut short": (truncated(pdf(b"x" * 5000)), "x.pdf", "it is damaged or incomplete."),
    "png with wrong checksum": (broken_picture(), "x.png", "it is damaged or incomplete."),
    "png of giant size": (giant_picture(), "x.png", "it is damaged or incomplete."),
    "jpg without a picture": (b"\xff\xd8\xff\xe0" + b"\0" * 64, "x.jpg", "it is damaged or incomplete."),
    "empty": (b"", "x.pdf", "it is empty."),
}


@pytest.mark.parametrize(("content", "name", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_with_its_reason(content, name, expected):
    assert reason(content, name) == expected


def going_round(exponent, following):
    """A compound file with sectors of this size, whose sector chains are circular."""
    size = 1 << exponent
    header = struct.pack("<8s22xH16xI16xI4x", MAGIC, exponent, 0, following).ljust(512, b"\0")
    return header.ljust(size, b"\0") + bytes(size)


@pytest.mark.parametrize(("exponent", "following"), [(12, 0), (14, END), (16, END)])
def test_compound_file_that_goes_round_costs_little_memory(exponent, following):
    content = going_round(exponent, following)
    tracemalloc.start()
    try:
        refused = reason(content, "x.doc")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (refused, peak < 40 * 2**20) == ("its content is not Word.", True)


@pytest.mark.parametrize(
    "name", ["x.html", "x.svg", "x.exe", "x.docm", "x.pdf.exe", "x", "x.", "x.php", "x.pdf.html"]
)
def test_file_with_another_extension_is_refused_whatever_it_holds(name):
    assert reason(pdf(), name) == (
        "files of this type are not accepted. "
        "Accepted are PDF, Word, PowerPoint, Excel, OpenDocument, JPEG, PNG, ZIP."
    )


def test_file_beyond_the_limit_is_refused_with_both_sizes(settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    content = pdf(b"x" * (1024 * 1024))

    assert reason(content, "x.pdf") == "its size is 1\u00a0MB, and the limit is 1\u00a0MB."
    assert (
        reason(content + b"x" * 1024 * 512, "x.pdf") == "its size is 1.5\u00a0MB, and the limit is 1\u00a0MB."
    )


def test_file_of_the_limit_itself_is_accepted(settings):
    settings.UPLOAD_LIMIT = len(pdf())

    assert detect_type(ContentFile(pdf()), "x.pdf").extension == "pdf"


def test_file_whose_list_of_parts_is_a_bomb_is_read_within_a_bound():
    bomb = archive(**{"[Content_Types].xml": b" " * 200_000_000, "word__document.xml": "x"})

    assert reason(bomb, "x.docx") == "its content is not Word."


def test_refusal_is_a_sentence_with_the_name():
    with translation.override("en"):
        sentence = str(FileRefused("Agenda.pdf", "it is empty."))

    assert sentence == "“Agenda.pdf” was not accepted: it is empty."


@given(
    content=st.binary(max_size=3000), head=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4", b"\xff\xd8\xff"])
)
def test_any_bytes_are_accepted_or_refused_and_never_fail(content, head):
    for extension in ("pdf", "docx", "doc", "png", "jpg", "zip"):
        try:
            found = detect_type(ContentFile(head + content), f"x.{extension}")
        except FileRefused:
            continue
        assert found.extension == extension


@given(damage=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=20))
@pytest.mark.parametrize("extension", ["doc", "docx", "odt", "png", "zip"])
def test_damaged_files_are_accepted_or_refused_and_never_fail(extension, damage):
    content = bytearray(ACCEPTED[extension])
    for place, value in damage:
        content[place % len(content)] = value
    try:
        found = detect_type(ContentFile(bytes(content)), f"x.{extension}")
    except FileRefused:
        return
    assert found.extension == extension


NAMES = {
    "plain": ("Agenda.pdf", "Agenda.pdf"),
    "path up": ("../../etc/passwd.pdf", "passwd.pdf"),
    "absolute path": ("/etc/cron.d/x.pdf", "x.pdf"),
    "path of Windows": ("C:\\fakepath\\..\\Agenda.pdf", "Agenda.pdf"),
    "NUL": ("a.pdf\0.exe", "a.pdf.exe"),
    "line break": ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
    "tab and spaces": ("  two\t  words .pdf ", "two words.pdf"),
    "turned round": ("invoice\u202efdp.exe", "invoicefdp.exe"),
    "isolates and marks": ("\u2066a\u2069\u200e\u200f\ufeff\u200bb.pdf", "ab.pdf"),
    "half of a pair": ("a\ud800b.pdf", "ab.pdf"),
    "hidden": (".htaccess.pdf", "htaccess.pdf"),
    "dots alone": ("....", "file without a name"),
    "slashes alone": ("///", "file without a name"),
    "nothing": ("", "file without a name"),
    "decomposed": ("programa\u0301.pdf", "programá.pdf"),
    "Arabic": ("برنامج المؤتمر.pdf", "برنامج المؤتمر.pdf"),
    "Chinese": ("议程草案.docx", "议程草案.docx"),
    "Hindi with a joiner": ("क्\u200dष कार्यक्रम.pdf", "क्\u200dष कार्यक्रम.pdf"),
    "Persian with a non-joiner": ("برنامه\u200cها.pdf", "برنامه\u200cها.pdf"),
    "quotes": ('Agenda "final" <b>.pdf', 'Agenda "final" <b>.pdf'),
}


@pytest.mark.parametrize(("given_name", "expected"), NAMES.values(), ids=NAMES)
def test_name_keeps_its_words_and_loses_what_deceives(given_name, expected):
    with translation.override("en"):
        assert clean_name(given_name) == expected


def test_name_that_is_too_long_keeps_its_extension():
    name = clean_name("ñ" * 5000 + ".pdf")

    assert (len(name), name[-5:]) == (MAX_NAME, "ñ.pdf")


@given(st.text(max_size=400))
def test_any_name_becomes_short_and_visible(name):
    cleaned = clean_name(name)

    assert 0 < len(cleaned) <= MAX_NAME
    assert not set(cleaned) & set("/\\\0\r\n\u202e\u2066")
    assert clean_name(cleaned) == cleaned
