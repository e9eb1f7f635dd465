"""Write spreadsheets in which no cell is read as a formula by the program that opens them.

The module is in this app because registration and documents both import it; both export texts that people typed.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from functools import lru_cache
from io import BytesIO, StringIO
from typing import cast

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | date | time | None

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "'"  # spreadsheet programs use it to mark text that looks like a formula
REPEATED = 4096  # texts cached while one file is written, because most cells repeat a text
LONGEST = 32_000  # characters; a cell can hold 32 767 (ECMA-376)
TEXT_FORMAT, DAY_FORMAT, HOUR_FORMAT = "@", "yyyy-mm-dd", "hh:mm"

_STARTERS = ("=", "+", "-", "@", "\u2212")  # after NFKC, which converts full-width and small forms
_CONTROLS = ("\t", "\r", "\n")
_CELL_ENDS = re.compile(r"([\t\r\n,;|\"])(?=\s*[=+\-@\uff0b\uff0d\uff1d\uff20])")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape_formula(text: str) -> str:
    """Return the text for a cell, with a mark in front if a program would read it as a formula.

    OWASP, “CSV Injection”: = + - @ TAB CR LF, their full-width forms, and any of them after spaces or invisible
    characters. `unescape_formula` removes the mark.
    """
    return MARK + text if _looks_like_formula(text.lstrip(MARK)) else text


def unescape_formula(text: str) -> str:
    """Return the text that was given to `escape_formula`. A mark that a person typed is kept, as in “'Utoikamanu”."""
    is_marked = text.startswith(MARK) and _looks_like_formula(text.lstrip(MARK))
    return text.removeprefix(MARK) if is_marked else text


def to_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file in UTF-8 with a BOM, which Excel needs, with every cell in quotation marks (RFC 4180).

    A formula character after a separator inside a cell is marked too: a program that uses another separator than the
    comma, as Spanish versions do, ends the cell there.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    text = lru_cache(REPEATED, typed=True)(_csv_text)
    writer.writerow(map(text, headers))
    writer.writerows(map(text, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(*sheets: tuple[str, Sequence[str], Iterable[Sequence[Cell]]]) -> bytes:
    """Return an XLSX file with one sheet for each (title, headers, rows). Dates and times are stored as such."""
    book = Workbook(write_only=True)
    for title, headers, rows in sheets:
        write_table(add_sheet(book, title), headers, list(rows))
    return workbook_bytes(book)


def add_sheet(book: Workbook, title: str) -> Worksheet:
    """Add a sheet at the end and return it. Its name is cut to 31 characters and contains none of []:*?/\\."""
    words = re.sub(r"[\[\]:*?/\\]", " ", _storable(title)).strip(" '")
    return book.create_sheet(words[:31])


def write_table(sheet: Worksheet, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a table into an empty write-only sheet, with bold, frozen headers and columns as wide as their content."""
    for column, header in enumerate(headers, 1):
        longest = max((len(str(row[column - 1] or "")) for row in rows), default=0)
        width = min(max(len(header), longest) + 2, 60)
        sheet.column_dimensions[get_column_letter(column)].width = max(width, 8)
    sheet.freeze_panes = "A2"
    text = lru_cache(REPEATED, typed=True)(_xlsx_text)
    pens = [_Pen(sheet, text) for _header in headers]
    sheet.append([pen.write(header, is_bold=True) for pen, header in zip(pens, headers, strict=True)])
    for row in rows:
        sheet.append([pen.write(value) for pen, value in zip(pens, row, strict=True)])


class _Pen:
    """Writes one column of a write-only sheet. It reuses one cell object per format for all rows, which is faster."""

    def __init__(self, sheet: Worksheet, text: Callable[[str], str]) -> None:
        self.sheet, self.text = sheet, text
        self.cells: dict[object, XlsxCell] = {}

    def write(self, value: Cell, *, is_bold: bool = False) -> XlsxCell:
        """Return the cell with this value. The caller must write it before the next call, which reuses it."""
        kind = "bold" if is_bold else type(value)
        cell = self.cells.get(kind)
        if cell is None:
            cell = self.cells[kind] = _formatted(WriteOnlyCell(self.sheet), value)
            if is_bold:
                cell.font = Font(bold=True)
        _set(cell, self.text(value) if isinstance(value, str) else value)
        return cell


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell) -> XlsxCell:
    """Write a value into a cell and return the cell. Text is never read as a formula; empty text leaves it empty."""
    cell = _formatted(cast(XlsxCell, sheet.cell(row, column)), value)
    _set(cell, _xlsx_text(value) if isinstance(value, str) else value)
    return cell


def _formatted(cell: XlsxCell, value: Cell) -> XlsxCell:
    """Set the cell's format for this type of value, and return the cell."""
    if isinstance(value, str):
        cell.number_format = TEXT_FORMAT
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    elif isinstance(value, date):
        cell.number_format = DAY_FORMAT
    elif isinstance(value, time):
        cell.number_format = HOUR_FORMAT
    return cell


def _set(cell: XlsxCell, value: Cell) -> None:
    cell.value = value or None if isinstance(value, str) else value
    if cell.value is not None and isinstance(value, str):
        cell.data_type = "s"  # otherwise openpyxl reads “=” as a formula and “#N/A” as an error


def workbook_bytes(book: Workbook) -> bytes:
    """Return the workbook as the bytes of an XLSX file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def download_response(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Return a response with a file for this reader only: the browser saves it, and no cache stores it."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _looks_like_formula(text: str) -> bool:
    if text[:1].isalnum():  # no letter or digit becomes a formula character under NFKC
        return False
    start = next((place for place, sign in enumerate(text) if not _is_blank(sign)), len(text))
    first = unicodedata.normalize("NFKC", text[start : start + 1])
    return first.startswith(_STARTERS) or any(sign in text[:start] for sign in _CONTROLS)


def _is_blank(sign: str) -> bool:
    """Return True for an invisible character: spaces, controls, direction marks."""
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def _storable(text: str) -> str:
    """Return the text without characters that XML 1.0 does not allow."""
    return _UNSTORABLE.sub("", text)


def _xlsx_text(text: str) -> str:
    return escape_formula(_storable(text)[:LONGEST])


def _csv_text(value: Cell) -> str:
    if isinstance(value, str):
        return _CELL_ENDS.sub(rf"\1{MARK}", escape_formula(_storable(value)))
    return "" if value is None else str(value)
