"""Spreadsheets that come in: looked into before they are opened, and never worked out."""

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
from attachments.spreadsheets import original
from attachments.validators import FileRefused

LARGEST = 2 * 1024 * 1024  # bytes of a file; sixty people take 40 000
LARGEST_UNPACKED = 8 * 1024 * 1024
MOST_PARTS = 200
MOST_COLUMNS = 150
MOST_LINES = 1_000  # that hold anything; a form has sixty
LAST_ROW = 1_048_576  # of any spreadsheet (ECMA-376); LibreOffice writes it, and nobody is behind it


class Trap(StrEnum):
    """What stands in a cell instead of a value."""

    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty: its number in the sheet, from 1, and its cells from the first column on.

    A cell holds a text as it was before `spreadsheets.harmless`, a number, a day, an hour, None or a `Trap`.
    """

    number: int
    cells: tuple[object, ...]


@contextmanager
def opened(file: "File[bytes]", name: str) -> Iterator[Workbook]:
    """The workbook in an uploaded file, read row by row. Raises FileRefused with what is wrong with it.

    Its type is what its content says; it brings no macros, no entities (OPC, M1.17), and unpacks to a few megabytes.
    Formulas are kept as such and not replaced by the values they had, so that they can be refused.
    """
    _require_safe(file, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that the library does not keep
            file.seek(0)
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # broken workbooks make the library raise errors of many kinds
        raise _damaged(name) from error
    try:
        yield book
    finally:
        book.close()


def lines(book: Workbook, title: str, name: str) -> list[Line]:
    """The first rows of one sheet that hold anything, MOST_LINES of them, whatever size the file claims for it.

    Raises FileRefused.
    """
    sheet = book[title]
    sheet.reset_dimensions()
    found: list[Line] = []
    blank: object = None  # the library fills each gap with one row, however far the next is said to be
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS), 1):
                if row is blank:
                    continue
                blank = row
                cells = tuple(_value(cell.data_type, cell.value) for cell in row)
                if any(cell is not None for cell in cells):
                    found.append(Line(number, cells))
                if len(found) == MOST_LINES:
                    break
    except Exception as error:  # as above
        raise _damaged(name) from error
    return found


def _value(data_type: str, value: object) -> object:
    if data_type == "f":
        return Trap.FORMULA
    if data_type == "e":
        return Trap.ERROR
    if isinstance(value, str):
        return original(value.replace("_x000D_", "")) or None
    return value


def _require_safe(file: "File[bytes]", name: str) -> None:
    if file.size > LARGEST:
        words = {"size": file_size(file.size, get_language() or "en")}
        words |= {"limit": file_size(LARGEST, get_language() or "en")}
        raise FileRefused(name, _("its size is %(size)s, and the limit for this form is %(limit)s.") % words)
    found = validators.inspect(file, name)
    if found.extension != "xlsx":
        raise FileRefused(
            name, _("it is %(type)s. Upload the form as an Excel file (.xlsx).") % {"type": found.label}
        )
    try:
        _require_small(file)
    except Exception as error:
        raise _damaged(name) from error


def _require_small(file: "File[bytes]") -> None:
    """Raises ValueError for too many parts, too much content or entities, and what a broken archive raises."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise ValueError("too large")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as content:
                    _parser().ParseFile(content)


def _parser() -> expat.XMLParserType:
    """A parser that reads UTF-8 only and stops at a document type, where entities are declared."""
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
