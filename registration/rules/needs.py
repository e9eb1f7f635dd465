"""Fields to fill in and files to upload: those that the event asks for or a rule requires."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registration.fields import CATALOGUE, Demand, Round, Section
from registration.models import AskedField, Participant, Rule, Upload
from registration.rules.case import Case, people_in_category

Kind = Rule.Kind
Severity = Rule.Severity

GRAVITY = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}  # the most severe first
FILES = {Kind.PHOTO: "photo", Kind.PASSPORT_COPY: "passport", Kind.NOMINATION: "nomination"}
LOOKED_AT = {**FILES, Kind.AGE_UNDER: "birth_date", Kind.PASSPORT: "passport_expires_on"}
NAMES = ("given_names", "family_names")  # one of them is enough: many people have only one name
IN_PERSON = {"passport_expires_on", "passport"}  # not required of people who attend online


@dataclass(frozen=True, slots=True)
class Need:
    """One missing field or file, as a sentence; `rule` is None if the form itself requires it."""

    severity: Severity
    sentence: str
    participant: Participant | None
    field: str
    rule: Rule | None = None


Demands = dict[str, tuple[Severity, Rule | None]]


def needs(case: Case, rules: Sequence[Rule]) -> Iterator[Need]:
    """The needs of the delegation, then those of each person, in the order of the form."""
    for name, (severity, rule) in _demands(case, rules, None).items():
        if _lacks_whole(case, name):
            yield Need(severity, _sentence(case, None, name), None, name, rule)
    for person in case.present:
        for name, (severity, rule) in _demands(case, rules, person).items():
            if _lacks(case, person, name):
                yield Need(
                    severity,
                    _sentence(case, person, name),
                    person,
                    name,
                    rule if name in FILES.values() else None,
                )


def _demands(case: Case, rules: Sequence[Rule], person: Participant | None) -> Demands:
    """The fields required of the person or (None) of the delegation, each with its highest severity."""
    demands: Demands = {}
    for row in case.asked.rows.values():
        if row.demand == Demand.REQUIRED and _is_of(row.name, person) and not _needless(case, row, person):
            demands[row.name] = (_severity(row, Severity.BLOCK), None)
    for rule in rules:
        row_of_rule = case.asked.rows.get(LOOKED_AT.get(Kind(rule.kind), ""))
        if row_of_rule is None or not _is_of(row_of_rule.name, person):
            continue
        if person and (not people_in_category(rule, [person]) or _needless(case, row_of_rule, person)):
            continue
        severity = _severity(row_of_rule, Severity(rule.severity))
        if row_of_rule.name not in demands or GRAVITY[severity] <= GRAVITY[demands[row_of_rule.name][0]]:
            demands[row_of_rule.name] = (severity, rule)
    return {name: demands[name] for name in CATALOGUE if name in demands}


def _severity(row: AskedField, severity: Severity) -> Severity:
    """A field of the travel round never blocks the submission of names in the first round."""
    travels = row.round == Round.TRAVEL and severity == Severity.BLOCK
    return Severity.WARN if travels else severity


def _is_of(name: str, person: Participant | None) -> bool:
    """True if the field belongs to this person, or to the delegation if `person` is None."""
    field = CATALOGUE[name]
    if field.section == Section.DELEGATION or name == Upload.Kind.NOMINATION:
        return person is None
    return person is not None and person.role not in field.not_of


def _needless(case: Case, row: AskedField, person: Participant | None) -> bool:
    if person is None or not case.is_online(person):
        return False
    on_the_way = CATALOGUE[row.name].section in (Section.PASSPORT, Section.JOURNEY)
    return row.name in IN_PERSON or (on_the_way and row.round == Round.TRAVEL)


def _lacks_whole(case: Case, name: str) -> bool:
    if CATALOGUE[name].section == Section.FILES:
        return not case.has_file(None, name)
    return getattr(case.delegation, name) in (None, "")


def _lacks(case: Case, person: Participant, name: str) -> bool:
    if name in NAMES:
        return name == NAMES[0] and not person.has_name
    if CATALOGUE[name].section == Section.FILES:
        return not case.has_file(person, name)
    if name == "accompanies":
        return not case.is_accompanied(person)
    return getattr(person, name) in (None, "")


def _sentence(case: Case, person: Participant | None, name: str) -> str:
    label = capfirst(CATALOGUE[name].label)
    if person is None:
        form = _("Add the proof of nomination.") if name == "nomination" else _("Enter “%(field)s”.")
        return form % {"field": label}
    form = {
        "given_names": _("Enter the name of %(person)s."),
        "function": _("Enter the function of %(person)s."),
        "accompanies": _("Say whom %(person)s accompanies."),
        "photo": _("Add the photograph of %(person)s."),
        "passport": _("Add the copy of the passport of %(person)s."),
    }.get(name) or _("Enter “%(field)s” of %(person)s.")
    return form % {"field": label, "person": case.name(person)}
