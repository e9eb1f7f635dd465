"""Uploaded spreadsheets: valid ones are read, hostile ones refused, both quickly."""

import io
import zipfile
from collections.abc import Mapping
from datetime import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from attachments import workbooks
from attachments.validators import FileRefused
from attachments.workbooks import Line, Trap

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s"><!ENTITY c "&b;&b;">]>""" % (b"x" * 100)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>"""


def packed(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with these parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        own = {name: old.read(name) for name in old.namelist()}
        for name, part in {**own, **parts}.items():
            new.writestr(name, part)
    return out.getvalue()


def read(content: bytes, name: str = "form.xlsx") -> list[Line]:
    with workbooks.open_workbook(SimpleUploadedFile(name, content), name) as book:
        return workbooks.read_lines(book, book.sheetnames[0], name)


SHEET = "xl/worksheets/sheet1.xml"
WHOLE = packed(["Specimen"])
DAMAGED = "it cannot be read as a spreadsheet. Download the form again and fill that in."
HOSTILE = {
    "nothing": (b"", "it is empty."),
    "text": (b"a;b;c\r\n", "its content is not Excel."),
    "a page": (b"<html><body>x</body></html>", "its content is not Excel."),
    "zip of nothing": (repacked(b"PK\x05\x06" + b"\0" * 18, {}), "its content is not Excel."),
    "zip of a text": (
        repacked(b"PK\x05\x06" + b"\0" * 18, {"a.txt": b"x"}),
        "its content is ZIP (.zip), but its name ends in .xlsx.",
    ),
    "half a file": (WHOLE[: len(WHOLE) // 2], "its content is not Excel."),
    "macros": (repacked(WHOLE, {"xl/vbaProject.bin": b"x"}), "its content is not Excel."),
    "broken sheet": (repacked(WHOLE, {SHEET: b"<worksheet><sheetData>"}), DAMAGED),
    "sheet of words": (repacked(WHOLE, {SHEET: b"hello"}), DAMAGED),
    "no workbook": (repacked(WHOLE, {"xl/workbook.xml": b"<a"}), DAMAGED),
    "entities": (repacked(WHOLE, {SHEET: ENTITIES + b"<a>&c;</a>"}), DAMAGED),
    "entities outside": (repacked(WHOLE, {SHEET: OUTSIDE + b"<a>&b;</a>"}), DAMAGED),
    "entities in strings": (repacked(WHOLE, {"xl/sharedStrings.xml": ENTITIES + b"<a>&c;</a>"}), DAMAGED),
    "entities in UTF-16": (
        repacked(WHOLE, {SHEET: (OUTSIDE + b"<a>&b;</a>").decode().encode("utf-16")}),
        DAMAGED,
    ),
    "another encoding": (
        repacked(WHOLE, {SHEET: b'<?xml version="1.0" encoding="utf-7"?><worksheet/>'}),
        DAMAGED,
    ),
    "a bomb": (repacked(WHOLE, {"xl/media/a.bin": b"\0" * (workbooks.LARGEST_UNPACKED + 1)}), DAMAGED),
    "a bomb of parts": (repacked(WHOLE, {f"xl/{n}.bin": b"" for n in range(201)}), DAMAGED),
    "too large": (
        b"PK\x03\x04" + b"\0" * (3 * 1024 * 1024),
        "its size is 3\xa0MB, and the limit for this form is 2\xa0MB.",
    ),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_file_is_refused_with_the_reason(content, reason):
    with pytest.raises(FileRefused) as refused:
        read(content)

    assert refused.value.reason == reason


def test_other_type_of_file_is_named():
    with pytest.raises(FileRefused) as refused:
        read(b"%PDF-1.7\n%%EOF", "form.pdf")

    assert refused.value.reason == "it is PDF. Upload the form as an Excel file (.xlsx)."


def test_rows_that_hold_something_are_read_with_their_numbers():
    found = read(packed(["Specimen", 1], [], [None, time(9, 30)]))

    assert [(line.number, line.cells[:2]) for line in found] == [
        (1, ("Specimen", 1)),
        (3, (None, time(9, 30))),
    ]


def test_formulas_and_errors_are_told_from_values():
    [line] = read(packed(["=1+1", "#REF!", "'=1+1", "'Utoikamanu"]))

    assert line.cells[:4] == (Trap.FORMULA, Trap.ERROR, "=1+1", "'Utoikamanu")


def with_row(number: int, text: str) -> bytes:
    """A workbook that declares one cell but has it in this row."""
    cell = f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    return repacked(
        WHOLE,
        {
            SHEET: b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<dimension ref="A1:A1"/><sheetData>' + cell.encode() + b"</sheetData></worksheet>"
        },
    )


def test_row_at_the_end_of_the_world_is_found_without_the_size_that_the_file_claims():
    [line] = read(with_row(1_048_576, "far"))

    assert (line.number, line.cells[0]) == (1_048_576, "far")


def test_no_more_rows_are_read_than_a_form_can_have():
    found = read(packed(*([number] for number in range(workbooks.MOST_LINES + 9))))

    assert [line.cells[0] for line in found] == list(range(workbooks.MOST_LINES))


def test_row_beyond_the_end_of_the_world_is_not_looked_for():
    assert read(with_row(10**20, "never")) == []
