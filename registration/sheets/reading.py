"""Read an uploaded offline form: its rows, and the cells that cannot hold a valid value."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from uuid import uuid4

from babel.dates import get_month_names
from django.core import signing
from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.language import LANGUAGE_CODES
from attachments import workbooks
from attachments.validators import FileRefused, clean_name
from attachments.workbooks import Line, Trap
from registration.fields import Asked
from registration.models import Delegation
from registration.rules import MOST_PEOPLE, Refused, TooManyPeople
from registration.sheets.columns import NUMBER, Column, Kind, columns_of
from registration.sheets.form import FIRST_ROW, NAMES_ROW, SALT

# 27 (de) marzo (de) 1971
_LONG = re.compile(r"(?:[^\W\d]+,? )?(\d{1,2}) (?:de )?([^\W\d]+)\.? (?:del? )?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")

TRAPS: dict[str, Promise] = {
    Trap.FORMULA: gettext_lazy("This cell holds a formula. Type the value itself."),
    Trap.ERROR: gettext_lazy("This cell shows an error of the spreadsheet. Type the value itself."),
}


class SheetRefused(Refused):
    """The whole file was refused: it is not a form of this delegation."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence  # type: ignore[assignment]  # put together here, not lazy


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in a row and column of the sheet; without a column, in the row as a whole."""

    row: int
    column: str
    sentence: str


@dataclass(slots=True)
class Row:
    """One person in the sheet; `cells` holds what the page's form would send, by field name.

    `key` identifies the person (`form.row_key`) or a new one; other rows refer to this one by `number`.
    """

    row: int
    key: str
    number: str
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not any(self.cells.values()) and not self.problems


@dataclass(frozen=True, slots=True)
class Sheet:
    """The language in which the form was made, and its filled-in rows."""

    language: str
    rows: list[Row]

    def stored(self) -> list[object]:
        """The sheet as JSON data, to pass it in a signed field from one page to the next."""
        return [self.language, [[row.row, row.key, row.number, row.cells] for row in self.rows]]

    @classmethod
    def restored(cls, stored: list[object]) -> "Sheet":
        language, rows = stored
        return cls(str(language), [Row(*row) for row in rows])  # type: ignore[attr-defined]


def read(file: "File[bytes]", delegation: Delegation, asked: Asked) -> Sheet:
    """The rows of an uploaded form; errors in single cells are in the rows.

    Raises FileRefused, SheetRefused.
    """
    name = clean_name(file.name or "")
    with workbooks.open_workbook(file, name) as book:
        for title in book.sheetnames[:10]:
            lines = (
                workbooks.read_lines(book, title, name) if hasattr(book[title], "reset_dimensions") else []
            )
            if marks := _marks(lines):
                return _sheet(lines, marks, delegation, asked)
    raise FileRefused(name, _("it is not the form of this page. Download that and fill it in."))


def _marks(lines: Sequence[Line]) -> list[object] | None:
    """The delegation and language in the first cell; None if this is not a sheet of ours."""
    if not lines or lines[0].number != NAMES_ROW:
        return None
    try:
        marks: list[object] = signing.loads(str(lines[0].cells[0]), salt=SALT)
    except signing.BadSignature:
        return None
    return marks


def _sheet(lines: Sequence[Line], marks: list[object], delegation: Delegation, asked: Asked) -> Sheet:
    key, language = marks
    if key != delegation.pk:
        raise SheetRefused(
            _("Nothing was read: this form was made for another delegation. Download your own.")
        )
    names, columns = lines[0].cells, {column.name: column for column in columns_of(asked)}
    _require_columns([str(name) for name in names[1:] if name], columns)
    rows = [_row(line, names, columns, str(language)) for line in lines if line.number >= FIRST_ROW]
    filled = [row for row in rows if not row.is_blank]
    if len(filled) > MOST_PEOPLE:
        raise SheetRefused(str(TooManyPeople.sentence))
    return Sheet(str(language), filled)


def _require_columns(names: Sequence[str], columns: dict[str, Column]) -> None:
    """Raises SheetRefused unless each column appears once. Ignores columns that the user added."""
    if missing := [column.label for name, column in columns.items() if name not in names]:
        raise SheetRefused(
            _("Nothing was read: a column is missing (%(columns)s). Download the form again.")
            % {"columns": ", ".join(missing)}
        )
    if twice := [
        columns[name].label for name, count in Counter(names).items() if count > 1 and name in columns
    ]:
        raise SheetRefused(
            _("Nothing was read: a column appears twice (%(columns)s). Download the form again.")
            % {"columns": ", ".join(twice)}
        )


def _row(line: Line, names: Sequence[object], columns: dict[str, Column], language: str) -> Row:
    key, *values = line.cells
    by_name = {str(name): value for name, value in zip(names[1:], values, strict=False) if name}
    row = Row(line.number, str(key or uuid4()), _text(by_name.get(NUMBER)), {})
    for name, column in columns.items():
        value = by_name.get(name)
        try:
            row.cells |= _cells(column, value, language)
        except ValueError as error:
            row.problems.append(Problem(line.number, column.label, str(error)))
    return row


def _cells(column: Column, value: object, language: str) -> dict[str, str]:
    """A cell as the fields of a page's form. Raises ValueError with a sentence for the user."""
    if isinstance(value, Trap):
        raise ValueError(str(TRAPS[value]))
    if column.kind == Kind.DAY:
        parts = _day(value)
        return {
            f"{column.name}_{part}": typed
            for part, typed in zip(("day", "month", "year"), parts, strict=True)
        }
    if column.kind == Kind.HOUR and isinstance(value, datetime | time):
        return {column.name: f"{value:%H:%M}"}
    typed = _text(value)
    if column.kind == Kind.LIST and typed:
        code = column.code_for("yes" if value is True else typed, language)
        if code is None:
            raise ValueError(
                _("“%(value)s” is not in the list. Choose from the list.") % {"value": typed[:80]}
            )
        typed = code
    return {column.name: typed}


def _text(value: object) -> str:
    """The value as people type it: whole numbers without a decimal point, dates and times in ISO form."""
    if value is None or value is False:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _day(value: object) -> tuple[str, str, str]:
    """Day, month and year in digits; three empty strings for an empty cell.

    Raises ValueError with a sentence for the user.
    """
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    typed = " ".join(_text(value).split())
    if not typed:
        return "", "", ""
    if match := _ISO.fullmatch(typed):
        return match[3], match[2], match[1]
    match = _LONG.fullmatch(typed)
    month = match and _months().get(_plain(match[2]))
    if not match or not month:
        raise ValueError(
            _("“%(value)s” is not read as a date. Write it like 27 March 1971 or 1971-03-27.")
            % {"value": typed[:40]}
        )
    return match[1], str(month), match[3]


@cache
def _months() -> dict[str, int]:
    """Number of each month by its full and short names in both languages."""
    return {
        _plain(name): number
        for language in LANGUAGE_CODES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    } | {"setiembre": 9}


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().rstrip(".")
