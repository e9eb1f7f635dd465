"""Spreadsheets that leave the site: no cell of theirs becomes a formula in the program that opens them.

The room of files is the lowest in which registration and documents meet; both export what people have typed.
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
MARK = "'"  # what spreadsheets put before text that would otherwise be worked out
REPEATED = 4096  # texts remembered while one file is written: most cells say what others said
LONGEST = 32_000  # characters; a cell holds 32 767 (ECMA-376)
TEXT_FORMAT, DAY_FORMAT, HOUR_FORMAT = "@", "yyyy-mm-dd", "hh:mm"

_STARTERS = ("=", "+", "-", "@", "\u2212")  # after NFKC, which makes full-width and small forms plain
_CONTROLS = ("\t", "\r", "\n")
_CELL_ENDS = re.compile(r"([\t\r\n,;|\"])(?=\s*[=+\-@\uff0b\uff0d\uff1d\uff20])")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def harmless(text: str) -> str:
    """The text as a cell may hold it: with a mark in front when a program would take it for a formula.

    OWASP, “CSV Injection”: = + - @ TAB CR LF, their full-width forms, and any of them after spaces or signs that
    cannot be seen. `original` takes the mark off again.
    """
    return MARK + text if _looks_like_formula(text.lstrip(MARK)) else text


def original(text: str) -> str:
    """The text that `harmless` was given. A mark that somebody typed before other text stays: “'Utoikamanu”."""
    is_marked = text.startswith(MARK) and _looks_like_formula(text.lstrip(MARK))
    return text.removeprefix(MARK) if is_marked else text


def to_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, so that Excel sees it, every cell in quotation marks (RFC 4180).

    Inside a cell a sign that may begin a formula is marked too where it follows a separator: read with another
    separator than the comma, as programs in Spanish do, the cell ends there.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    text = lru_cache(REPEATED, typed=True)(_csv_text)
    writer.writerow(map(text, headers))
    writer.writerows(map(text, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(*sheets: tuple[str, Sequence[str], Iterable[Sequence[Cell]]]) -> bytes:
    """A workbook with a sheet for each title, headers and rows; texts as text, days and hours as such."""
    book = Workbook(write_only=True)
    for title, headers, rows in sheets:
        fill(add_sheet(book, title), headers, list(rows))
    return saved(book)


def add_sheet(book: Workbook, title: str) -> Worksheet:
    """A new sheet at the end, named as far as a sheet's name allows: 31 characters, without []:*?/\\."""
    words = re.sub(r"[\[\]:*?/\\]", " ", _storable(title)).strip(" '")
    return book.create_sheet(words[:31])


def fill(sheet: Worksheet, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a table into an empty sheet that is only written: bold headers that stay in sight, columns as wide as
    their contents.
    """
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
    """Writes one column of a sheet that is only written: a cell of each format, used again for every row."""

    def __init__(self, sheet: Worksheet, text: Callable[[str], str]) -> None:
        self.sheet, self.text = sheet, text
        self.cells: dict[object, XlsxCell] = {}

    def write(self, value: Cell, *, is_bold: bool = False) -> XlsxCell:
        """The cell with that value, to be taken into the file before the next one is asked for."""
        kind = "bold" if is_bold else type(value)
        cell = self.cells.get(kind)
        if cell is None:
            cell = self.cells[kind] = _formatted(WriteOnlyCell(self.sheet), value)
            if is_bold:
                cell.font = Font(bold=True)
        _set(cell, self.text(value) if isinstance(value, str) else value)
        return cell


def put(sheet: Worksheet, row: int, column: int, value: Cell) -> XlsxCell:
    """Write a value: text as text, whatever it looks like; empty text leaves the cell empty. Returns the cell."""
    cell = _formatted(cast(XlsxCell, sheet.cell(row, column)), value)
    _set(cell, _xlsx_text(value) if isinstance(value, str) else value)
    return cell


def _formatted(cell: XlsxCell, value: Cell) -> XlsxCell:
    """The cell with the format of such values."""
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
        cell.data_type = "s"  # openpyxl takes “=” for a formula and “#N/A” for an error


def saved(book: Workbook) -> bytes:
    """The workbook as an XLSX file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def offer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file made for this reader alone: to be saved, not shown, kept by no cache."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _looks_like_formula(text: str) -> bool:
    if text[:1].isalnum():  # no letter or number is a sign in another form
        return False
    start = next((place for place, sign in enumerate(text) if not _is_blank(sign)), len(text))
    first = unicodedata.normalize("NFKC", text[start : start + 1])
    return first.startswith(_STARTERS) or any(sign in text[:start] for sign in _CONTROLS)


def _is_blank(sign: str) -> bool:
    """Nothing to see: spaces of all kinds, controls, marks of direction."""
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def _storable(text: str) -> str:
    """Without the signs that XML 1.0 cannot hold."""
    return _UNSTORABLE.sub("", text)


def _xlsx_text(text: str) -> str:
    return harmless(_storable(text)[:LONGEST])


def _csv_text(value: Cell) -> str:
    if isinstance(value, str):
        return _CELL_ENDS.sub(rf"\1{MARK}", harmless(_storable(value)))
    return "" if value is None else str(value)
