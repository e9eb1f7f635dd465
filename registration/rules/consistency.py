"""Check rules: each one, together with the other rules of the event, and with the fields of its form."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import product

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.models import Category, Event
from registration.fields import CATALOGUE
from registration.models import Rule
from registration.presets import scope
from registration.rules.case import IN_ALL
from registration.rules.needs import LOOKED_AT

Kind = Rule.Kind

NUMBERED = frozenset({Kind.MAXIMUM, Kind.MINIMUM, Kind.AGE_UNDER, Kind.PASSPORT})
FROM_ONE = frozenset({Kind.MINIMUM, Kind.AGE_UNDER})  # zero would have no meaning
OF_NOBODY = frozenset({Kind.ONE_HEAD, Kind.NOMINATION})  # these take no category
# These only encourage, or need a human judgement.
NEVER_BLOCK = frozenset({Kind.BALANCE, Kind.SINGLE_SEX_HISTORY})
BODY = ("status", "chambers", "population")


def is_complete(rule: Rule) -> bool:
    """True if the rule has the figure that its kind needs; an incomplete rule is not applied."""
    return (rule.kind not in NUMBERED or rule.number is not None) and (
        rule.kind != Kind.WOMEN_SHARE or rule.percent is not None
    )


def check_rule(rule: Rule) -> None:
    """Raises ValidationError, by field, if the rule makes no sense."""
    errors: dict[str, list[str]] = defaultdict(list)
    if rule.kind in NUMBERED and rule.number is None:
        errors["number"].append(_("This rule needs a number."))
    if rule.kind not in NUMBERED and rule.number is not None:
        errors["number"].append(_("This rule takes no number: leave the field empty."))
    if rule.kind in FROM_ONE and rule.number == 0:
        errors["number"].append(_("Enter 1 or more."))
    if rule.kind == Kind.WOMEN_SHARE and rule.percent is None:
        errors["percent"].append(_("This rule needs a percentage."))
    if rule.kind != Kind.WOMEN_SHARE and rule.percent is not None:
        errors["percent"].append(_("Only the share of women takes a percentage: leave the field empty."))
    if rule.kind in OF_NOBODY and rule.category:
        errors["category"].append(
            _("This rule is about the delegation as a whole: leave the category empty.")
        )
    if rule.kind in NEVER_BLOCK and rule.severity == Rule.Severity.BLOCK:
        errors["severity"].append(
            _("This rule never prevents submission: choose a warning or a piece of information.")
        )
    if errors:
        raise ValidationError(dict(errors))


def contradictions(event: Event, rules: Sequence[Rule], asked: Collection[str]) -> list[str]:
    """One sentence for each conflict between these rules, or between a rule and the fields of the form."""
    return [*_ranges(rules), *_doubles(rules), *_unasked(rules, asked), *_elsewhere(event, rules)]


def _ranges(rules: Sequence[Rule]) -> list[str]:
    least = [rule for rule in rules if rule.kind == Kind.MINIMUM and rule.number is not None]
    most = [rule for rule in rules if rule.kind == Kind.MAXIMUM and rule.number is not None]
    sentence = _("%(whom)s: at least %(minimum)s and at most %(maximum)s cannot both be kept.")
    return [
        sentence % {"whom": _category(low), "minimum": low.number, "maximum": high.number}
        for low, high in product(least, most)
        if (low.number or 0) > (high.number or 0) and _lies_within(low, high) and _meet(low, high)
    ]


def _lies_within(low: Rule, high: Rule) -> bool:
    """True if the maximum counts everybody whom the minimum counts."""
    is_total = not high.category and low.category != Category.ACCOMPANYING
    return low.category == high.category or is_total


def _meet(one: Rule, other: Rule) -> bool:
    """True if there can be a delegation to which both rules apply."""
    return all(
        getattr(one, name) == getattr(other, name) or "" in (getattr(one, name), getattr(other, name))
        for name in BODY
    )


def _doubles(rules: Sequence[Rule]) -> list[str]:
    seen: set[tuple[str, ...]] = set()
    found = []
    for rule in rules:
        if scope(rule) in seen:
            found.append(
                _("“%(rule)s” is here twice for the same people.")
                % {"rule": capfirst(rule.get_kind_display())}
            )
        seen.add(scope(rule))
    return found


def _unasked(rules: Sequence[Rule], asked: Collection[str]) -> list[str]:
    sentence = _(
        "“%(rule)s” depends on “%(field)s”, which the form does not ask for: ask for it, or leave the rule out."
    )
    return [
        sentence % {"rule": capfirst(rule.get_kind_display()), "field": capfirst(CATALOGUE[field].label)}
        for rule in rules
        if (field := LOOKED_AT.get(Kind(rule.kind))) and field not in asked
    ]


def _elsewhere(event: Event, rules: Sequence[Rule]) -> list[str]:
    looks_back = any(rule.kind == Kind.SINGLE_SEX_HISTORY for rule in rules)
    if not looks_back or event.kind == Event.Kind.ASSEMBLY:
        return []
    return [_("Only an Assembly is compared with the Assemblies before it: leave that rule out.")]


def _category(rule: Rule) -> str:
    return str(rule.get_category_display() or IN_ALL)
