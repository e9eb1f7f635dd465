"""A copy of a delegation's data as a spreadsheet, for its coordinator."""

from datetime import date, datetime, time

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attachments.spreadsheets import Cell, to_xlsx
from events import dates
from registration import contents
from registration.fields import CATALOGUE, Asked, Field
from registration.models import Delegation
from registration.sheets.columns import columns_of


def make_delegation_workbook(delegation: Delegation, asked: Asked, at: datetime) -> bytes:
    """The XLSX in the active language: the delegation as a whole, and one row per present person."""
    people = [person for person in delegation.participants.all() if person.is_present]
    columns = [CATALOGUE[column.name] for column in columns_of(asked)]
    rows: list[list[Cell]] = []
    for number, person in enumerate(people, 1):
        entered = {field.name: value for field, value in contents.person_values(person, asked)}
        values = [_cell(field, entered.get(field.name)) for field in columns]
        rows.append([number, *values, str(person.get_status_display())])
    heads = [_("No."), *(capfirst(field.label) for field in columns), _("Status")]
    return to_xlsx(
        (_("Delegation"), [_("Field"), _("Entered")], _facts(delegation, asked, at)),
        (_("People"), heads, rows),
    )


def _facts(delegation: Delegation, asked: Asked, at: datetime) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        [_("Delegation"), delegation.name],
        [_("Event"), str(delegation.event)],
        [_("Status"), str(delegation.get_status_display())],
        [_("As of"), dates.moment(at, delegation.event.tz, get_language() or "en")],
    ]
    for field, value in contents.delegation_values(delegation, asked):
        rows.append([capfirst(field.label), contents.value_text(field, value)])
    return rows


def _cell(field: Field, value: object) -> Cell:
    """Dates and times as such, all other values as text."""
    if isinstance(value, date | time):
        return value
    return contents.value_text(field, value)
