"""Check a delegation against each kind of rule.

The sentences are defaults: a rule may have a text of its own. `needs` finds empty fields and missing files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events import dates
from registration.models import Participant, Rule
from registration.rules.case import IN_ALL, Case, people_in_category
from registration.rules.counting import Figures, age_on, months_after

Kind, Status = Rule.Kind, Participant.Status


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule, as a sentence; about one person or the delegation, with a field or none."""

    sentence: str
    participant: Participant | None = None
    field: str = ""


Judge = Callable[[Rule, Case], Iterator[Finding]]


def women_needed(total: int, percent: Decimal, rounding: str) -> int:
    """The number of women that the percentage requires of this total; rounding to nearest rounds a half up.

    Two decimals cannot express a third: a percentage within 0.005 points of a simple fraction means that
    fraction.
    """
    written = Fraction(percent) / 100
    meant = written.limit_denominator(12)
    exact = total * (meant if abs(meant - written) <= Fraction(1, 20000) else written)
    if rounding == Rule.Rounding.UP:
        return ceil(exact)
    return floor(exact if rounding == Rule.Rounding.DOWN else exact + Fraction(1, 2))


def _one_head(_rule: Rule, case: Case) -> Iterator[Finding]:
    heads = [person for person in case.present if person.role == Participant.Role.HEAD]
    if case.present and not heads:
        yield Finding(_("Say who the head of the delegation is."), case.present[0], "role")
    for person in heads[1:]:
        yield Finding(_("A delegation has one head: choose another role for the others."), person, "role")


def _maximum(rule: Rule, case: Case) -> Iterator[Finding]:
    count, number = len(case.people(rule)), rule.number or 0
    if count > number:
        sentence = ngettext(
            "%(whom)s: at most %(number)s person; now %(count)s.",
            "%(whom)s: at most %(number)s people; now %(count)s.",
            number,
        )
        yield Finding(sentence % {"whom": _whom(rule), "number": number, "count": count})


def _minimum(rule: Rule, case: Case) -> Iterator[Finding]:
    count, number = len(case.people(rule)), rule.number or 0
    if count < number:
        sentence = ngettext(
            "%(whom)s: at least %(number)s person; now %(count)s.",
            "%(whom)s: at least %(number)s people; now %(count)s.",
            number,
        )
        yield Finding(sentence % {"whom": _whom(rule), "number": number, "count": count})


def _women_share(rule: Rule, case: Case) -> Iterator[Finding]:
    seen, percent = Figures.of(case.people(rule)), rule.percent or Decimal(0)
    needed = women_needed(seen.total, percent, rule.rounding)
    if seen.women < needed:
        sentence = ngettext(
            "%(whom)s: at least %(needed)s woman out of %(total)s is expected (%(percent)s per cent); now %(women)s.",
            "%(whom)s: at least %(needed)s women out of %(total)s are expected (%(percent)s per cent); "
            "now %(women)s.",
            needed,
        )
        figures = {"needed": needed, "total": seen.total, "women": seen.women}
        percent_in_words = number_format(Decimal(percent).normalize())
        yield Finding(sentence % {"whom": _whom(rule), "percent": percent_in_words, **figures})


def _not_single_sex(rule: Rule, case: Case) -> Iterator[Finding]:
    seen = Figures.of(case.people(rule))
    if seen.is_single_sex:
        only_women = _("%(whom)s: women only so far. A delegation should have women and men.")
        only_men = _("%(whom)s: men only so far. A delegation should have women and men.")
        yield Finding((only_women if seen.women else only_men) % {"whom": _whom(rule)})


def _balance(rule: Rule, case: Case) -> Iterator[Finding]:
    """Balanced means: as many women as men, or one more of either."""
    seen = Figures.of(case.people(rule))
    if abs(seen.women - seen.men) > 1:
        women = ngettext("%(count)s woman", "%(count)s women", seen.women) % {"count": seen.women}
        men = ngettext("%(count)s man", "%(count)s men", seen.men) % {"count": seen.men}
        sentence = _("%(whom)s: gender balance is encouraged; now %(women)s and %(men)s.")
        yield Finding(sentence % {"whom": _whom(rule), "women": women, "men": men})


def _history(rule: Rule, case: Case) -> Iterator[Finding]:
    """Single-sex at this Assembly and at the two before. Delegations of one person are not judged."""
    if case.event.kind != case.event.Kind.ASSEMBLY or not Figures.of(case.people(rule)).is_single_sex:
        return
    before = [
        Figures.of(
            people_in_category(
                rule,
                [person for person in delegation.participants.all() if person.status == Status.CONFIRMED],
            )
        )
        for delegation in case.delegation.earlier_assemblies
    ]
    if before and all(seen.is_single_sex for seen in before):
        yield Finding(_("This would be the third Assembly in a row with a delegation of one sex only."))


def _age_under(rule: Rule, case: Case) -> Iterator[Finding]:
    """The sentence does not give the age, because birth dates stay masked."""
    day, number = case.event.first_day, rule.number or 0
    for person in case.people(rule):
        if person.birth_date and age_on(day, person.birth_date) >= number:
            sentence = ngettext(
                "%(person)s must be under %(number)s year of age on the opening day, %(day)s.",
                "%(person)s must be under %(number)s years of age on the opening day, %(day)s.",
                number,
            )
            words = {"person": case.name(person), "number": number, "day": _day(day)}
            yield Finding(sentence % words, person, "birth_date")


def _passport(rule: Rule, case: Case) -> Iterator[Finding]:
    """People who attend online need no passport."""
    day = months_after(case.event.last_day, rule.number or 0)
    for person in case.people(rule):
        expires = person.passport_expires_on
        if expires and expires < day and not case.is_online(person):
            sentence = _("The passport of %(person)s must be valid until %(day)s or longer.")
            words = {"person": case.name(person), "day": _day(day)}
            yield Finding(sentence % words, person, "passport_expires_on")


JUDGES: dict[str, Judge] = {
    Kind.ONE_HEAD: _one_head,
    Kind.MAXIMUM: _maximum,
    Kind.MINIMUM: _minimum,
    Kind.WOMEN_SHARE: _women_share,
    Kind.NOT_SINGLE_SEX: _not_single_sex,
    Kind.BALANCE: _balance,
    Kind.SINGLE_SEX_HISTORY: _history,
    Kind.AGE_UNDER: _age_under,
    Kind.PASSPORT: _passport,
}


def _whom(rule: Rule) -> str:
    return str(rule.get_category_display() if rule.category else IN_ALL)


def _day(day: dates.date) -> str:
    return dates.long_date(day, get_language() or "en")
