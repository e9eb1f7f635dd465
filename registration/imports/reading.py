"""Read and check the lines of the directory's file. registration/data/README.md describes the columns."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registration import rules
from registration.models import PresidingOfficer

LARGEST = 2_000_000  # bytes; the file with all parliaments has 113 000
CODE = re.compile(r"[A-Z]{2}|x-[a-z0-9-]+")  # ISO 3166-1 alpha-2 for countries
YES_NO = {"yes": True, "no": False}

# Model field: column of the file, for each object that is made from a line.
TRANSLATED = ("country", "country_in_sentence", "name", "name_in_sentence")
NAMES = tuple(f"{name}_{language}" for name in TRANSLATED for language in ("en", "es"))
ORGANISATION = {name: name for name in ("code", "kind", *NAMES)}
PARLIAMENT = {name: name for name in ("status", "group", "over_100m", "language", "note")}
SALUTATIONS = {
    name: name for name in ("salutation_en_f", "salutation_en_m", "salutation_es_f", "salutation_es_m")
}
OFFICE = {"office_en": "presiding_en", "office_es_m": "presiding_es", "office_es_f": "presiding_es_f"}
LOWER = {"chamber_name_en": "lower_en", "chamber_name_es": "lower_es"}
UPPER = {
    "chamber_name_en": "upper_en",
    "chamber_name_es": "upper_es",
    "office_en": "upper_presiding_en",
    "office_es_m": "upper_presiding_es",
    "office_es_f": "upper_presiding_es_f",
}
IN_TWO_CHAMBERS = (*LOWER.values(), *UPPER.values())
REQUIRED = (
    "code",
    "kind",
    "status",
    "name_en",
    "name_es",
    "language",
    *OFFICE.values(),
    *SALUTATIONS.values(),
)
COLUMNS = (*ORGANISATION, *PARLIAMENT, "chambers", *OFFICE.values(), *SALUTATIONS, *IN_TWO_CHAMBERS)

Chamber = PresidingOfficer.Chamber
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class CellError:
    """An error in a line and column of the file; line 1 holds the names of the columns."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """One parliament or body in the file, with tidied cells."""

    number: int
    cells: dict[str, str]

    def organisation(self) -> Values:
        return self._values(ORGANISATION)

    def parliament(self) -> Values:
        return self._values(PARLIAMENT) | {"over_100m": YES_NO[self.cells["over_100m"]]}

    def officers(self) -> dict[Chamber, Values]:
        """The presiding officer of each chamber, or of the body."""
        first = self._values(OFFICE) | self._values(SALUTATIONS)
        if self.cells["chambers"] != "2":
            return {Chamber.SINGLE: first}
        upper = self._values(UPPER)
        return {Chamber.LOWER: first | self._values(LOWER), Chamber.UPPER: upper | self._upper_salutations()}

    def _values(self, columns: dict[str, str]) -> Values:
        return {name: self.cells[column] for name, column in columns.items()}

    def _upper_salutations(self) -> Values:
        """Salutations made from the first word of the title; “Lord Speaker” is used in full."""
        title = self.cells["upper_presiding_en"]
        word = title.split()[0]
        woman, man = f"Madam {'Chairperson' if word == 'Chairman' else word}", f"Mr. {word}"
        if title == "Lord Speaker":
            woman = man = title
        return {
            "salutation_en_f": woman,
            "salutation_en_m": man,
            "salutation_es_f": f"Señora {self.cells['upper_presiding_es_f'].split()[0]}",
            "salutation_es_m": f"Señor {self.cells['upper_presiding_es'].split()[0]}",
        }


def decode(content: bytes) -> str:
    """The text of the file. Raises ValidationError if it is too large or not UTF-8."""
    if len(content) > LARGEST:
        raise ValidationError(_("The file is larger than 2 MB: it is not a directory of parliaments."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is not UTF-8 text. Save it as “CSV UTF-8”.")) from error


def read(text: str) -> tuple[list[Line], list[CellError]]:
    """The lines without errors, and the errors of the other lines."""
    lines: list[Line] = []
    errors: list[CellError] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        errors += _header_errors(header)
        for cells in reader if not errors else ():
            if not any(cells):
                continue
            line = Line(reader.line_num, dict(zip(header, cells, strict=False)))
            line_errors = (
                list(_errors(line)) if len(cells) == len(header) else [_wrong_length(line, len(cells))]
            )
            errors += line_errors
            if not line_errors:
                lines.append(line)
    except csv.Error as error:
        errors.append(
            CellError(reader.line_num, "", _("This is not a CSV file: %(error)s.") % {"error": error})
        )
    return lines, [*errors, *_repeated(lines)]


def _header_errors(header: list[str]) -> list[CellError]:
    missing = [column for column in COLUMNS if column not in header]
    strange = {column for column in header if column not in COLUMNS or header.count(column) > 1}
    return [
        *(CellError(1, column, _("This column is missing.")) for column in missing),
        *(CellError(1, column, _("This column is unknown, or appears twice.")) for column in sorted(strange)),
    ]


def _wrong_length(line: Line, cells: int) -> CellError:
    sentence = _("The line has %(cells)s cells instead of %(columns)s.")
    return CellError(line.number, "", sentence % {"cells": cells, "columns": len(COLUMNS)})


def _errors(line: Line) -> Iterator[CellError]:
    """The errors of one line that can be found without the database; tidies its cells in place."""
    cells, two = line.cells, line.cells["chambers"].strip() == "2"
    for column, cell in cells.items():
        try:
            cells[column] = rules.tidy(cell)
        except ValidationError as error:
            yield CellError(line.number, column, " ".join(error.messages))
    for column in REQUIRED:
        if not cells[column]:
            yield CellError(line.number, column, _("This cell is empty."))
    if cells["code"] and not CODE.fullmatch(cells["code"]):
        yield CellError(line.number, "code", _("Write two capital letters for a country, x-… for a body."))
    if cells["over_100m"] not in YES_NO:
        yield CellError(line.number, "over_100m", _("Write yes or no."))
    if cells["chambers"] not in {"", "1", "2"}:
        yield CellError(line.number, "chambers", _("Write 1 or 2, or leave the cell empty."))
    for column in IN_TWO_CHAMBERS:
        if bool(cells[column]) != two:
            yield CellError(
                line.number, column, _("Fill this in when there are two chambers, and only then.")
            )


def _repeated(lines: list[Line]) -> Iterator[CellError]:
    first: dict[str, int] = {}
    for line in lines:
        number = first.setdefault(line.cells["code"], line.number)
        if number != line.number:
            yield CellError(line.number, "code", _("Line %(line)s has this code already.") % {"line": number})
