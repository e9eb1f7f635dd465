"""A delegation as a spreadsheet: the form for use offline, read back and judged, and the whole to keep."""

from registration.sheets.form import make_form
from registration.sheets.judging import Judgement, examine, judge, problems_of
from registration.sheets.own import make_own
from registration.sheets.reading import Problem, SheetRefused, read

__all__ = (
    "Judgement",
    "Problem",
    "SheetRefused",
    "examine",
    "judge",
    "make_form",
    "make_own",
    "problems_of",
    "read",
)
