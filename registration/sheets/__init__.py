"""A delegation as a spreadsheet: the offline form, its reading and checking, and a copy of the data."""

from registration.sheets.form import make_form
from registration.sheets.judging import Judgement, examine, judge, problems_of
from registration.sheets.own import make_delegation_workbook
from registration.sheets.reading import Problem, SheetRefused, read

__all__ = (
    "Judgement",
    "Problem",
    "SheetRefused",
    "examine",
    "judge",
    "make_delegation_workbook",
    "make_form",
    "problems_of",
    "read",
)
