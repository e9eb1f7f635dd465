"""Check a filled-in form before anything is saved: with the page's form class, then with the service."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy import Privacy
from registration import services
from registration.fields import CATALOGUE, Asked
from registration.forms.person import PersonForm, shown_value
from registration.models import AskedField, Delegation, Participant
from registration.services import EntriesRefused, Entry, try_people
from registration.sheets.columns import Column, Kind, columns_of
from registration.sheets.reading import Problem, Row, Sheet

Round, Role = AskedField.Round, Participant.Role
_KEY = re.compile(r"p([0-9]{1,18})v([0-9]{1,9})")
DEFAULTS = {"gender": Participant.Gender.NOT_STATED, "attendance": Participant.Attendance.IN_PERSON}


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one field; a sensitive field has no values here."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Plan:
    """One row that adds or changes a person: the name, the entry to save, and the changes."""

    name: str
    entry: Entry
    changes: list[Change]
    is_namesake: bool = False  # the delegation already has a person of this name


@dataclass(slots=True)
class Judgement:
    """The result that saving the form would have. If there is a problem, nothing is saved."""

    problems: list[Problem] = field(default_factory=list)
    added: list[Plan] = field(default_factory=list)
    changed: list[Plan] = field(default_factory=list)
    same: list[Participant] = field(default_factory=list)
    left: list[Participant] = field(default_factory=list)  # people not in the form, who do not change

    @property
    def entries(self) -> list[Entry]:
        return [plan.entry for plan in (*self.added, *self.changed)]


def examine(sheet: Sheet, delegation: Delegation, asked: Asked) -> Judgement:
    """Check each row separately."""
    return _Judging(sheet, delegation, asked).judged()


def judge(sheet: Sheet, delegation: Delegation, asked: Asked, actor: User) -> Judgement:
    """Check each row; if all are correct, try to save them all and roll back."""
    judgement = examine(sheet, delegation, asked)
    if not judgement.problems and judgement.entries:
        try:
            try_people(delegation=delegation, entries=judgement.entries, language=sheet.language, actor=actor)
        except EntriesRefused as refused:
            judgement.problems = problems_of(refused)
    return judgement


def problems_of(refused: EntriesRefused) -> list[Problem]:
    """The refusals of the service, by row."""
    return [_refusal(row, refusal) for row, refusal in refused.refusals]


class _Judging:
    """The check of one form."""

    def __init__(self, sheet: Sheet, delegation: Delegation, asked: Asked) -> None:
        self.sheet, self.delegation, self.asked = sheet, delegation, asked
        self.columns = columns_of(asked)
        self.people = list(delegation.participants.all())
        self.owners = {row.row: self._owner(row) for row in sheet.rows}
        self.by_number = {row.number: row for row in sheet.rows if row.number}

    def judged(self) -> Judgement:
        judgement, first = Judgement(), dict[str, int]()
        for row in self.sheet.rows:
            owner = self.owners[row.row]
            problems = _problems_of_key(row, first.setdefault(row.key, row.row), owner)
            plan = None
            if owner and not problems:
                problems = list(row.problems)
                plan = self._plan(row, owner, problems)
            judgement.problems += problems
            if plan:
                (judgement.changed if plan.entry.person else judgement.added).append(plan)
            elif owner and not problems:
                judgement.same.append(owner)
        named = {owner.pk for owner in self.owners.values() if owner and owner.pk}
        judgement.left = [person for person in self.people if person.is_present and person.pk not in named]
        self._name_twins(judgement)
        return judgement

    def _owner(self, row: Row) -> Participant | None:
        """The person of the row, or a new one; None if the person is no longer in the delegation."""
        pk, _version = _parts(row.key)
        keys = (str(one.pk if pk else one.form_key or "") for one in self.people)
        found = next(
            (one for one, key in zip(self.people, keys, strict=True) if key == (pk or row.key)), None
        )
        if found is None:
            return None if pk else Participant(delegation=self.delegation, form_key=_uuid(row.key))
        return found if found.is_present else None

    def _plan(self, row: Row, owner: Participant, problems: list[Problem]) -> Plan | None:
        """The plan of the row, or None if it changes nothing. Adds the errors of the row to `problems`."""
        data, beside = self._data(row, problems)
        who = PersonForm(data, **self._world(owner, Round.WHO))
        travel = PersonForm(data, **self._world(owner, Round.TRAVEL), role=who.role)
        unread = {problem.column for problem in problems}
        problems += [
            problem for problem in self._form_problems(row, who, travel) if problem.column not in unread
        ]
        places = {column.label: place for place, column in enumerate(self.columns)}
        problems.sort(key=lambda problem: places.get(problem.column, -1))
        if problems:
            return None
        names = {column.name for column in self.columns}
        typed = {name: value for name, value in {**who.typed, **travel.typed}.items() if name in names}
        if beside:
            del typed["accompanies"]
        changes = {name: value for name, value in typed.items() if getattr(owner, name) != value}
        if owner.pk and not changes and not beside:
            return None
        return self._planned(row, owner, typed, changes, beside)

    def _planned(
        self,
        row: Row,
        owner: Participant,
        typed: Mapping[str, Any],
        changes: Mapping[str, Any],
        beside: Row | None,
    ) -> Plan:
        is_new = owner.pk is None
        entry = Entry(
            row=row.row,
            person=None if is_new else owner,
            key=owner.form_key if is_new else None,
            version=None if is_new else _parts(row.key)[1],
            fields=typed if is_new else changes,
            beside=beside.row if beside else None,
        )
        shown = (
            [] if is_new else [_change(name, getattr(owner, name), value) for name, value in changes.items()]
        )
        if beside and not is_new:
            shown.append(_change("accompanies", owner.accompanies, _name(beside.cells)))
        return Plan(_name(row.cells), entry, shown)

    def _world(self, owner: Participant, of_round: str) -> dict[str, Any]:
        return {"delegation": self.delegation, "person": owner, "asked": self.asked, "of_round": of_round}

    def _data(self, row: Row, problems: list[Problem]) -> tuple[dict[str, str], Row | None]:
        """The data that the person's page would send, and the row of the accompanied person.

        The row is None if the person accompanies no one, or a person who is stored already.
        """
        data = {name: value or DEFAULTS.get(name, "") for name, value in row.cells.items()}
        number = data.get("accompanies", "")
        if not number or data.get("role") != Role.ACCOMPANYING:
            return data, None
        other = self.by_number.get(number)
        whom = self.owners[other.row] if other else None
        if (
            other is None
            or whom is None
            or other.row == row.row
            or other.cells.get("role") == Role.ACCOMPANYING
        ):
            label = next(column.label for column in self.columns if column.kind == Kind.COMPANY)
            sentence = _(
                "Nobody with the number %(number)s can be accompanied. Write the number of another person."
            )
            problems.append(Problem(row.row, label, sentence % {"number": number[:20]}))
        is_new = whom is not None and whom.pk is None
        return data | {
            "accompanies": "" if is_new or whom is None else str(whom.pk)
        }, other if is_new else None

    def _form_problems(self, row: Row, *forms: PersonForm) -> list[Problem]:
        messages: dict[str, list[str]] = {}
        for form in forms:
            for name, errors in form.errors.items():
                messages.setdefault(name, []).extend(str(error) for error in errors)
        asked = {name for form in forms for name in form.fields}
        by_name = {column.name: column for column in self.columns}
        for column in self.columns:
            if column.name not in asked and _is_filled(row, column):
                messages[column.name] = [_("This is not asked of this role. Empty the cell.")]
        return [
            Problem(row.row, by_name[name].label if name in by_name else "", sentence)
            for name, sentences in messages.items()
            for sentence in sentences
        ]

    def _name_twins(self, judgement: Judgement) -> None:
        present = {one.full_name.casefold() for one in self.people if one.is_present}
        for plan in judgement.added:
            plan.is_namesake = plan.name.casefold() in present


def _problems_of_key(row: Row, first: int, owner: Participant | None) -> list[Problem]:
    if first != row.row:
        sentence = _("This row is a copy of row %(row)s. Type each person into an empty row of the form.")
        return [Problem(row.row, "", sentence % {"row": first})]
    if owner is None:
        sentence = _("The person of this row is no longer in the delegation. Empty the row.")
        return [Problem(row.row, "", sentence)]
    return []


def _is_filled(row: Row, column: Column) -> bool:
    names = (
        [column.name]
        if column.kind != Kind.DAY
        else [f"{column.name}_{part}" for part in ("day", "month", "year")]
    )
    return any(row.cells.get(name) for name in names)


def _change(name: str, before: object, after: object) -> Change:
    label = CATALOGUE[name].label
    if CATALOGUE[name].privacy == Privacy.SENSITIVE:
        return Change(label)
    return Change(label, shown_value(name, before), shown_value(name, after))


def _name(cells: Mapping[str, str]) -> str:
    return " ".join(filter(None, (cells.get("given_names"), cells.get("family_names"))))


def _refusal(row: int, refusal: Exception) -> Problem:
    if isinstance(refusal, services.PersonChanged):
        names = ", ".join(CATALOGUE[name].label for name in refusal.names if name in CATALOGUE)
        sentence = _(
            "Changed on the site after the form was downloaded: %(fields)s. Change it there, or download again."
        )
        return Problem(row, "", sentence % {"fields": names})
    return Problem(row, "", str(refusal))


def _parts(key: str) -> tuple[str, int]:
    """The person's key and version in the row's key.

    A row that became a person by an earlier upload has neither: returns "" and version 1.
    """
    if found := _KEY.fullmatch(key):
        return found[1], int(found[2])
    return "", 1


def _uuid(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        return uuid4()
