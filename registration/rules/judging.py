"""Apply the rules of an event to a delegation, and list what is missing: sentences with a severity."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import texts
from registration.models import Delegation, Participant, Rule
from registration.presets import rules_of
from registration.rules.case import Case
from registration.rules.consistency import NEVER_BLOCK, is_complete
from registration.rules.kinds import JUDGES
from registration.rules.needs import FILES, GRAVITY, needs

Kind = Rule.Kind
Severity = Rule.Severity
OF_EACH = frozenset({*FILES, Kind.AGE_UNDER, Kind.PASSPORT})  # these are about one person, whom they name


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence about a delegation.

    `participant` and `field` say where to correct it; `rule` is the key of the rule that requires it.
    """

    severity: Severity
    sentence: str
    participant: Participant | None = None
    field: str = ""
    rule: int | None = None

    @property
    def person(self) -> int | None:
        """The key of the person; None for the whole delegation and for an unsaved person."""
        return self.participant.pk if self.participant else None


def judge(delegation: Delegation, people: Iterable[Participant] | None = None) -> list[Verdict]:
    """The verdicts on a delegation with these people (saved or not), the most severe first.

    `people` defaults to the people of the delegation. The sentences are in the active language.
    """
    everybody = list(delegation.participants.all() if people is None else people)
    case = Case(delegation, everybody)
    rules = [rule for rule in rules_of(case.event) if is_complete(rule) and case.covers(rule)]
    verdicts = [] if case.present else [Verdict(Severity.BLOCK, _("Add at least one person."))]
    if case.present:
        verdicts += [verdict for rule in rules for verdict in _by_rule(rule, case)]
    verdicts += [
        Verdict(
            need.severity,
            _worded(need.rule, case, need.participant, need.sentence) if need.rule else need.sentence,
            need.participant,
            need.field,
            need.rule.pk if need.rule else None,
        )
        for need in needs(case, rules)
    ]
    return sorted(verdicts, key=lambda verdict: GRAVITY[verdict.severity])


def blocking(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that prevent submission."""
    return [verdict for verdict in verdicts if verdict.severity == Severity.BLOCK]


def _by_rule(rule: Rule, case: Case) -> Iterator[Verdict]:
    judge_of_kind = JUDGES.get(rule.kind)
    severity = Severity(rule.severity)
    if severity == Severity.BLOCK and rule.kind in NEVER_BLOCK:
        severity = Severity.WARN
    for finding in judge_of_kind(rule, case) if judge_of_kind else ():
        sentence = _worded(rule, case, finding.participant, finding.sentence)
        yield Verdict(severity, sentence, finding.participant, finding.field, rule.pk)


def _worded(rule: Rule, case: Case, person: Participant | None, sentence: str) -> str:
    """The rule's own text in the active language, or else in the other one; without a text, `sentence`."""
    own = texts.find(rule, "text", get_language() or "en").value
    if not own:
        return sentence
    return f"{case.name(person)}: {own}" if person and rule.kind in OF_EACH else own
