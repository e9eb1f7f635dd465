"""The offline form, filled in as by a coordinator with a spreadsheet program."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from registration.fields import ASSEMBLY, asked_fields_for
from registration.models import AskedField, Delegation
from tests.registration.samples import draft

NAMES_ROW, FIRST_ROW = 1, 4


def assembly(people: int = 1, **fields: Any) -> Delegation:
    """A delegation whose event asks for every field of an Assembly."""
    delegation = draft(people=people, **fields)
    AskedField.objects.bulk_create(asked_fields_for(delegation.event, ASSEMBLY))
    return delegation


def address(name: str, delegation: Delegation, language: str = "en", namespace: str = "registration") -> str:
    with translation.override(language):
        return reverse(f"{namespace}:{name}", args=[delegation.pk])


def download(client: Client, delegation: Delegation, language: str = "en") -> Workbook:
    """The form, downloaded from the site."""
    return load_workbook(BytesIO(client.get(address("sheet", delegation, language)).content))


def people_of(book: Workbook) -> Worksheet:
    """The sheet to fill in."""
    return book.worksheets[1]


def column(sheet: Worksheet, name: str) -> int:
    """The number of the field's column."""
    return next(cell.column for cell in sheet[NAMES_ROW] if cell.value == name)


def fill(book: Workbook, row: int, **values: Any) -> Workbook:
    """Write values into one row, by field name; the first row of people is 4."""
    sheet = people_of(book)
    for name, value in values.items():
        sheet.cell(row, column(sheet, name)).value = value
    return book


def values_of(book: Workbook, row: int) -> dict[str, Any]:
    """The values of a row, by field name, without empty cells."""
    sheet = people_of(book)
    names = {cell.column: cell.value for cell in sheet[NAMES_ROW] if cell.column > 1}
    return {
        names[cell.column]: cell.value for cell in sheet[row] if cell.column > 1 and cell.value is not None
    }


def offered(book: Workbook, name: str) -> list[str]:
    """The words in the drop-down list of a column."""
    sheet = people_of(book)
    place = sheet.cell(4, column(sheet, name)).coordinate
    [rule] = [one for one in sheet.data_validations.dataValidation if place in one.sqref]
    title, _mark, cells = rule.formula1.partition("!")
    return [cell.value for row in book[title.strip("'")][cells.replace("$", "")] for cell in row]


def file_of(book: Workbook, name: str = "form.xlsx") -> SimpleUploadedFile:
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def upload(
    client: Client, delegation: Delegation, file: Workbook | SimpleUploadedFile, language: str = "en"
) -> Any:
    """The answer to the first step: problems or a preview."""
    sent = file_of(file) if isinstance(file, Workbook) else file
    return client.post(address("sheet_upload", delegation, language), {"file": sent})


def write(client: Client, delegation: Delegation, checked: Any, language: str = "en") -> Any:
    """The answer to the second step."""
    rows = checked.context["form"].initial["rows"]
    return client.post(address("sheet_upload", delegation, language), {"rows": rows})


def problems(page: Any) -> list[tuple[int, str, str]]:
    """The problems on the page: row, column, sentence."""
    return [(one.row, one.column, one.sentence) for one in page.context["judgement"].problems]


TEN: tuple[Mapping[str, str], ...] = (
    {"given_names": "María José", "family_names": "García Márquez"},
    {"given_names": "محمد", "family_names": "عيّنة"},
    {"given_names": "Ольга", "family_names": "Образцова"},
    {"given_names": "伟", "family_names": "样本"},
    {"given_names": "አበበ", "family_names": "ናሙና"},
    {"given_names": "", "family_names": "Muestra"},
    {"given_names": "Þóra", "family_names": "O’Specimen-Łódź"},
    {"given_names": "Specimen", "family_names": "Eight"},
    {"given_names": "Muestra", "family_names": "Nueve"},
    {"given_names": "Specimen", "family_names": "Ten"},
)
BORN = date(1971, 3, 27)
GOOD = {
    "given_names": "Specimen",
    "family_names": "One",
    "role": "Delegate",
    "function": "Member",
    "gender": "woman",
}
