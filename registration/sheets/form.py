"""Make the offline form: an XLSX with one row per person, drop-down lists and instructions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from uuid import uuid4

from django.core import signing
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from attachments.spreadsheets import (
    DAY_FORMAT,
    HOUR_FORMAT,
    TEXT_FORMAT,
    add_sheet,
    workbook_bytes,
    write_cell,
)
from registration.fields import Asked
from registration.models import Delegation, Participant
from registration.rules import MOST_PEOPLE
from registration.sheets.columns import KEY, NUMBER, Column, Kind, columns_of

SALT = "registration.sheet"
NAMES_ROW, HEADS_ROW, HINTS_ROW, FIRST_ROW = 1, 2, 3, 4
LAST_ROW = FIRST_ROW + MOST_PEOPLE - 1
KEY_COLUMN, NUMBER_COLUMN, FIRST_COLUMN = 1, 2, 3
FORMATS = {Kind.DAY: DAY_FORMAT, Kind.HOUR: HOUR_FORMAT, Kind.COMPANY: "0"}
WIDTHS = {Kind.DAY: 14, Kind.HOUR: 10, Kind.COMPANY: 14}
HEAD = PatternFill("solid", fgColor="E3ECF5")
SOFT = Font(color="4A5866", italic=True)


@dataclass(slots=True)
class _Form:
    """The workbook under construction; `lists` maps the words of a list to the cell range that holds them."""

    delegation: Delegation
    asked: Asked
    language: str
    columns: list[Column]
    book: Workbook
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)


def make_form(delegation: Delegation, asked: Asked, language: str, address: str) -> bytes:
    """The XLSX of this delegation in the active language: instructions, the people present, empty rows.

    A hidden first row names the fields. A hidden first column identifies each row: by the person's key and
    version, or by a key for a new person. No cell is locked.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    form = _Form(delegation, asked, language, columns_of(asked), book)
    _instruct(add_sheet(book, _("How to fill this in")), _instructions(delegation, address))
    people = add_sheet(book, _("People"))
    lists = add_sheet(book, _("Lists"))
    lists.sheet_state = "hidden"
    _head(people, form)
    _write_people(people, form)
    _offer_choices(people, lists, form)
    return workbook_bytes(book)


def signed_mark(delegation: Delegation, language: str) -> str:
    """A signed mark in the sheet, so that the sheet of another delegation is refused."""
    return signing.dumps([delegation.pk, language], salt=SALT)


def row_key(person: Participant) -> str:
    """The key of a stored person's row: the person's key and version.

    No program takes it for a number or a date.
    """
    return f"p{person.pk}v{person.version}"


def cell_value(
    person: Participant, column: Column, language: str, numbers: dict[int, int]
) -> str | int | date | time | None:
    """A stored value as the sheet shows it; `numbers` maps a person's key to the number of their row."""
    if column.kind == Kind.COMPANY:
        return numbers.get(person.accompanies_id or 0)
    value = getattr(person, column.name)
    if column.kind == Kind.LIST:
        code = ("true" if value else "") if isinstance(value, bool) else value
        return next((word for word, meaning in column.choices(language).items() if meaning == code), "")
    return value


def _instructions(delegation: Delegation, address: str) -> list[str]:
    return [
        delegation.name,
        str(delegation.event),
        "",
        _("1. Go to the sheet “People” and write one person in each row, %(most)s people at most.")
        % {"most": MOST_PEOPLE},
        _(
            "2. The line below the names of the columns says what is needed before the registration is submitted."
        ),
        _("3. Where a cell offers a list, choose from it. Write dates like 27 March 1971 or 1971-03-27."),
        _("4. What is not known yet can stay empty. Formulas are not accepted."),
        _("5. Save the file as an Excel workbook (.xlsx) and upload it here: %(address)s")
        % {"address": address},
        _(
            "6. Before anything is written you see what would be added and changed, and every cell that is not right."
        ),
        "",
        _("A row that is emptied or deleted removes nobody: people are removed on the site."),
        _("Photographs and copies of documents are uploaded on the site."),
        _(
            "This file holds personal data. Keep it where only you can read it, and delete it after the upload."
        ),
    ]


def _instruct(sheet: Worksheet, instructions: Sequence[str]) -> None:
    for row, sentence in enumerate(instructions, 1):
        write_cell(sheet, row, 1, sentence)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 100


def _head(sheet: Worksheet, form: _Form) -> None:
    """The names, headings and hints of the columns. The hidden names allow users to reorder the columns."""
    write_cell(sheet, NAMES_ROW, KEY_COLUMN, signed_mark(form.delegation, form.language))
    write_cell(sheet, NAMES_ROW, NUMBER_COLUMN, NUMBER)
    write_cell(sheet, HEADS_ROW, KEY_COLUMN, KEY)
    write_cell(sheet, HEADS_ROW, NUMBER_COLUMN, _("No."))
    sheet.column_dimensions[get_column_letter(NUMBER_COLUMN)].width = 6
    for place, column in enumerate(form.columns, FIRST_COLUMN):
        write_cell(sheet, NAMES_ROW, place, column.name)
        write_cell(sheet, HEADS_ROW, place, column.label)
        write_cell(sheet, HINTS_ROW, place, column.hint).font = SOFT
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column.kind, 24)
    for place in range(NUMBER_COLUMN, FIRST_COLUMN + len(form.columns)):
        head = sheet.cell(HEADS_ROW, place)
        head.font, head.fill = Font(bold=True), HEAD
        head.alignment = Alignment(vertical="bottom", wrap_text=True)
        sheet.cell(HINTS_ROW, place).fill = HEAD
    sheet.row_dimensions[NAMES_ROW].hidden = True
    sheet.column_dimensions[get_column_letter(KEY_COLUMN)].hidden = True
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN + 2).coordinate
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_people(sheet: Worksheet, form: _Form) -> None:
    people = [one for one in form.delegation.participants.all() if one.is_present]
    numbers = {one.pk: number for number, one in enumerate(people, 1)}
    for number in range(1, MOST_PEOPLE + 1):
        row = FIRST_ROW + number - 1
        person = people[number - 1] if number <= len(people) else None
        write_cell(sheet, row, KEY_COLUMN, row_key(person) if person else str(uuid4()))
        write_cell(sheet, row, NUMBER_COLUMN, number)
        names = {one.name for one in form.asked.of_person(person.role)} if person else set()
        for place, column in enumerate(form.columns, FIRST_COLUMN):
            value = (
                cell_value(person, column, form.language, numbers)
                if person and column.name in names
                else None
            )
            write_cell(sheet, row, place, value).number_format = FORMATS.get(column.kind, TEXT_FORMAT)


def _offer_choices(sheet: Worksheet, lists: Worksheet, form: _Form) -> None:
    """Add drop-down lists.

    The words are on a hidden sheet, because a list inside a rule is limited to 255 characters.
    """
    for place, column in enumerate(form.columns, FIRST_COLUMN):
        if column.kind not in (Kind.LIST, Kind.COMPANY):
            continue
        words = tuple(column.choices(form.language))
        if words and words not in form.lists:
            form.lists[words] = _listed(lists, len(form.lists) + 1, words)
        letter = get_column_letter(place)
        number = get_column_letter(NUMBER_COLUMN)
        numbers = f"${number}${FIRST_ROW}:${number}${LAST_ROW}"
        rule = DataValidation(type="list", formula1=form.lists.get(words, numbers), allow_blank=True)
        rule.errorTitle, rule.error = column.label[:32], _("Choose from the list, or leave the cell empty.")
        rule.showErrorMessage = True
        rule.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _listed(lists: Worksheet, place: int, words: Sequence[str]) -> str:
    """Write the words as one column of the hidden sheet; returns their cell range."""
    for row, word in enumerate(words, 1):
        write_cell(lists, row, place, word)
    letter = get_column_letter(place)
    return f"'{lists.title}'!${letter}$1:${letter}${len(words)}"
