"""What a delegation still lacks, and what breaks the rules of its event: sentences with a severity."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registration.fields import Asked
from registration.models import AskedField, Delegation, Participant, Rule

Severity = Rule.Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence about a delegation. `field` and `participant` say where to mend it, `rule` which row says so."""

    severity: Severity
    sentence: str
    participant: Participant | None = None
    field: str = ""
    rule: int | None = None

    @property
    def person(self) -> int | None:
        """The key of the person whom it is about; None of the whole delegation, and of an unsaved person."""
        return self.participant.pk if self.participant else None


def judge(delegation: Delegation, people: Iterable[Participant] | None = None) -> list[Verdict]:
    """What speaks against this delegation: the gravest first, then in the order of the people."""
    people = list(delegation.participants.all() if people is None else people)
    present = [person for person in people if person.is_present]
    asked = Asked(delegation.event)
    verdicts = [] if present else [Verdict(Severity.BLOCK, _("Add at least one person."))]
    if present and not any(person.role == Participant.Role.HEAD for person in present):
        sentence = _("Say who the head of the delegation is.")
        verdicts.append(Verdict(Severity.BLOCK, sentence, present[0], "role"))
    verdicts += [
        Verdict(
            Severity.BLOCK if row.round == AskedField.Round.WHO else Severity.WARN,
            _("Enter the function of %(person)s.") % {"person": person},
            person,
            row.name,
        )
        for person in present
        for row in asked.of_person(person.role)
        if row.name == "function" and row.demand == AskedField.Demand.REQUIRED and not person.function
    ]
    return verdicts


def blocking(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those that keep the delegation from being submitted."""
    return [verdict for verdict in verdicts if verdict.severity == Severity.BLOCK]


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a registration from being submitted: a sentence, and where to mend it (person by place, field)."""

    sentence: str
    place: int = 0
    field: str = ""


def missing(people: Iterable[Participant]) -> list[Missing]:
    """What is still to be filled in, in the order of the form; empty when the registration can be submitted."""
    people = list(people)
    if not people:
        return [Missing(_("Add at least one person."))]
    found = []
    if not any(person.role == Participant.Role.HEAD for person in people):
        found.append(Missing(_("Say who the head of the delegation is."), 0, "role"))
    found += [
        Missing(_("Enter the function of %(person)s.") % {"person": person}, place, "function")
        for place, person in enumerate(people)
        if not person.function and person.role != Participant.Role.ACCOMPANYING
    ]
    return found
