"""Read uploaded spreadsheets. They are checked before they are opened, and formulas are never evaluated."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn
from xml.parsers import expat

from django.core.files.base import File
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from attachments import validators
from attachments.sizes import file_size
from attachments.spreadsheets import unescape_formula
from attachments.validators import FileRefused

LARGEST = 2 * 1024 * 1024  # bytes; a file with sixty people has 40 000
LARGEST_UNPACKED = 8 * 1024 * 1024
MOST_PARTS = 200
MOST_COLUMNS = 150
MOST_LINES = 1_000  # rows that are not empty; a form has sixty
LAST_ROW = 1_048_576  # highest row number of a spreadsheet (ECMA-376)


class Trap(StrEnum):
    """A formula or an error in a cell, instead of a value."""

    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty: its number in the sheet, counted from 1, and its cells from the first column.

    A cell is a text (without the mark of `spreadsheets.escape_formula`), a number, a date, a time, None or a `Trap`.
    """

    number: int
    cells: tuple[object, ...]


@contextmanager
def open_workbook(file: "File[bytes]", name: str) -> Iterator[Workbook]:
    """Open the workbook in an uploaded file, to be read row by row. Raises FileRefused, with the reason.

    A workbook is refused if its content is not XLSX, or it contains macros or entities (OPC, M1.17) or is too large
    when unpacked. Formulas are returned as such, not as their last values, so that callers can refuse them.
    """
    _require_safe(file, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about features that it does not support
            file.seek(0)
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises many kinds of errors for broken workbooks
        raise _damaged(name) from error
    try:
        yield book
    finally:
        book.close()


def read_lines(book: Workbook, title: str, name: str) -> list[Line]:
    """Return the first MOST_LINES rows of a sheet that are not empty. The size that the file claims is ignored.

    Raises FileRefused if the file is damaged.
    """
    sheet = book[title]
    sheet.reset_dimensions()
    lines: list[Line] = []
    # openpyxl yields the same object for all empty rows of a gap, which can be very long.
    blank: object = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS), 1):
                if row is blank:
                    continue
                blank = row
                cells = tuple(_value(cell.data_type, cell.value) for cell in row)
                if any(cell is not None for cell in cells):
                    lines.append(Line(number, cells))
                if len(lines) == MOST_LINES:
                    break
    except Exception as error:  # as above
        raise _damaged(name) from error
    return lines


def _value(data_type: str, value: object) -> object:
    if data_type == "f":
        return Trap.FORMULA
    if data_type == "e":
        return Trap.ERROR
    if isinstance(value, str):
        return unescape_formula(value.replace("_x000D_", "")) or None
    return value


def _require_safe(file: "File[bytes]", name: str) -> None:
    if file.size > LARGEST:
        words = {"size": file_size(file.size, get_language() or "en")}
        words |= {"limit": file_size(LARGEST, get_language() or "en")}
        raise FileRefused(name, _("its size is %(size)s, and the limit for this form is %(limit)s.") % words)
    detected = validators.detect_type(file, name)
    if detected.extension != "xlsx":
        raise FileRefused(
            name, _("it is %(type)s. Upload the form as an Excel file (.xlsx).") % {"type": detected.label}
        )
    try:
        _require_small(file)
    except Exception as error:
        raise _damaged(name) from error


def _require_small(file: "File[bytes]") -> None:
    """Raises ValueError if there are too many parts, too much content or entities; other errors if it is broken."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise ValueError("too large")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as content:
                    _parser().ParseFile(content)


def _parser() -> expat.XMLParserType:
    """Return a parser that accepts only UTF-8 and stops at a document type declaration, which declares entities."""
    parser = expat.ParserCreate("UTF-8")
    parser.StartDoctypeDeclHandler = _stop
    parser.XmlDeclHandler = _require_utf8
    return parser


def _stop(*_declaration: object) -> NoReturn:
    raise ValueError("document type")


def _require_utf8(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
        raise ValueError("encoding")


def _damaged(name: str) -> FileRefused:
    return FileRefused(
        name, _("it cannot be read as a spreadsheet. Download the form again and fill that in.")
    )
