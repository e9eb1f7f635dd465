"""Import the directory: compare the whole file first, then write all changes or none.

The file does not contain contacts and names of persons; the import does not change them.
"""

from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events.models import Organisation
from registration.imports import reading
from registration.imports.reading import CellError, Line, Values
from registration.models import Parliament, PresidingOfficer

DIRECTORY = Path(settings.BASE_DIR) / "registration" / "data" / "parliaments.csv"

# The columns of the file for the fields of an object, for errors and reports.
COLUMN_OF = {
    PresidingOfficer.Chamber.SINGLE: reading.OFFICE,
    PresidingOfficer.Chamber.LOWER: reading.OFFICE | reading.LOWER,
    PresidingOfficer.Chamber.UPPER: reading.UPPER,
}


@dataclass(frozen=True, slots=True)
class Change:
    """An added or changed parliament; `columns` holds column, old value and new value of a changed one."""

    code: str
    name: str
    columns: tuple[tuple[str, object, object], ...] = ()


@dataclass(slots=True)
class Report:
    """The result of an import, or of a trial. If there is an error, nothing is written."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    errors: list[CellError] = field(default_factory=list)
    applied: bool = False


def import_parliaments(text: str, *, actor: User | None, apply: bool) -> Report:
    """Compare the file with the directory; with `apply` and without errors, write the changes.

    Parliaments that are not in the file stay. One transaction, one audit entry.
    """
    lines, errors = reading.read(text)
    report = Report(errors=errors)
    with transaction.atomic():
        directory = _Directory()
        wrong = {error.line for error in errors}
        entries = [directory.entry(line) for line in lines if line.number not in wrong]
        for entry in entries:
            entry.add_to(report)
        report.errors.sort(key=attrgetter("line"))
        report.applied = apply and not report.errors
        if report.applied:
            for entry in entries:
                entry.write()
            counts = {
                "added": len(report.added),
                "changed": len(report.changed),
                "unchanged": report.unchanged,
            }
            # The key 0 stands for the whole directory: no parliament has it.
            audit.record(actor, "parliaments.imported", Parliament(pk=0), changes=counts)
    return report


@dataclass(slots=True)
class _Part:
    """One object of an entry and its values in the file."""

    obj: models.Model
    values: Values
    column_of: dict[str, str] = field(default_factory=dict)

    def differences(self) -> list[tuple[str, object, object]]:
        return [
            (self.column_of.get(name, name), getattr(self.obj, name) or "", value)
            for name, value in self.values.items()
            if (getattr(self.obj, name) or "") != (value or "")
        ]

    def errors(self, line: int) -> list[CellError]:
        """Set the values and let the model validate them. Uniqueness has been checked by key already."""
        for name, value in self.values.items():
            setattr(self.obj, name, value)
        try:
            self.obj.full_clean(
                exclude={"organisation", "parliament"}, validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            return [
                CellError(line, self.column_of.get(name, name), self._sentence(name, messages))
                for name, messages in error.error_dict.items()
            ]
        return []

    def _sentence(self, name: str, errors: list[ValidationError]) -> str:
        """The error message; for an unknown choice, it lists the known ones."""
        if "invalid_choice" not in {error.code for error in errors}:
            return " ".join(message for error in errors for message in error.messages)
        choices = self.obj._meta.get_field(name).flatchoices  # type: ignore[union-attr]
        allowed = ", ".join(value for value, _label in choices)
        words = {"value": self.values[name], "allowed": allowed}
        return _("“%(value)s” is not known. Write one of these: %(allowed)s.") % words


@dataclass(slots=True)
class _Entry:
    """The objects of one line, in the order of saving, and presiding officers of chambers that are gone."""

    line: Line
    parts: list[_Part]
    gone: list[PresidingOfficer]

    def add_to(self, report: Report) -> None:
        """Add the entry to the report: its changes or, if it has errors, only the errors."""
        is_new = any(part.obj.pk is None for part in self.parts[:2])
        columns = [difference for part in self.parts for difference in part.differences()]
        columns += [("chambers", officer.office_en, "") for officer in self.gone]
        if not columns:
            report.unchanged += 1
            self.parts = []
            return
        if errors := [error for part in self.parts for error in part.errors(self.line.number)]:
            report.errors += errors
            return
        change = Change(self.line.cells["code"], self.line.cells["name_en"], () if is_new else tuple(columns))
        (report.added if is_new else report.changed).append(change)

    def write(self) -> None:
        for officer in self.gone:
            officer.delete()
        for part in self.parts:
            part.obj.save()


class _Directory:
    """The present directory, read in three queries."""

    def __init__(self) -> None:
        self.organisations = {one.code: one for one in Organisation.objects.all()}
        self.parliaments = {one.organisation_id: one for one in Parliament.objects.all()}
        self.officers: dict[int, dict[str, PresidingOfficer]] = {}
        for officer in PresidingOfficer.objects.all():
            self.officers.setdefault(officer.parliament_id, {})[officer.chamber] = officer

    def entry(self, line: Line) -> _Entry:
        organisation = self.organisations.get(line.cells["code"]) or Organisation()
        parliament = self.parliaments.get(organisation.pk) or Parliament(organisation=organisation)
        known = self.officers.get(parliament.pk, {})
        parts = [_Part(organisation, line.organisation()), _Part(parliament, line.parliament())]
        wanted = line.officers()
        for chamber, values in wanted.items():
            officer = known.get(chamber) or PresidingOfficer(parliament=parliament, chamber=chamber)
            parts.append(_Part(officer, values, COLUMN_OF[chamber]))
        return _Entry(line, parts, [officer for chamber, officer in known.items() if chamber not in wanted])
