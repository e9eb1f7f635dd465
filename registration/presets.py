"""Rules and fields of typical meetings, each preset with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Category, Event
from registration import fields
from registration.models import AskedField, Parliament, Rule

Kind = Rule.Kind
Severity = Rule.Severity
Status = Parliament.Status
Values = Mapping[str, Any]

ONE_THIRD = Decimal("33.33")
MEMBERS = Category.MEMBERS


@dataclass(frozen=True, slots=True)
class Preset:
    """The terms of one kind of meeting. `sentence` describes them, `source` names their source."""

    name: Promise
    sentence: Promise
    source: Promise
    asked: Mapping[str, str]
    rules: tuple[Values, ...]

    def rules_for(self, event: Event) -> list[Rule]:
        """The unsaved rules for this event, in order.

        Only an Assembly gets the rule that compares it with the earlier ones.
        """
        rules = [Rule(event=event, order=order, **values) for order, values in enumerate(self.rules)]
        is_assembly = event.kind == Event.Kind.ASSEMBLY
        return [rule for rule in rules if is_assembly or rule.kind != Kind.SINGLE_SEX_HISTORY]

    def fields_for(self, event: Event) -> list[AskedField]:
        """The unsaved rows of fields for this event."""
        return fields.asked_fields_for(event, self.asked)


def _rule(kind: Kind, severity: Severity = Severity.BLOCK, **values: Any) -> Values:
    return MappingProxyType({"kind": kind, "severity": severity, **values})


def _at_most(number: int, category: str = MEMBERS, **whom: Any) -> Values:
    return _rule(Kind.MAXIMUM, number=number, category=category, **whom)


_HEAD = _rule(Kind.ONE_HEAD)
_BALANCED = _rule(Kind.BALANCE, Severity.INFO, category=MEMBERS)
_MIXED = _rule(Kind.NOT_SINGLE_SEX, Severity.WARN, category=MEMBERS)
_VALID_PASSPORT = _rule(Kind.PASSPORT, Severity.WARN, number=6)
_WITH_AGE = {**fields.WORKSHOP, "birth_date": fields.Demand.REQUIRED}

PRESETS: dict[str, Preset] = {
    "workshop": Preset(
        pgettext_lazy("preset", "Workshop or seminar"),
        _("Six fields for each person, one head of delegation; gender balance is encouraged."),
        _("Practice of the World e-Parliament Conferences: no limit of size, balance encouraged."),
        fields.WORKSHOP,
        (_HEAD, _BALANCED),
    ),
    "ipu_assembly": Preset(
        pgettext_lazy("preset", "IPU Assembly"),
        _(
            "Members: at most 8, or 10 from 100 million inhabitants; observers: 2. Delegations of one sex only are "
            "warned, and again at the third Assembly in a row. Passports valid for six months after the end. "
            "The form asks for travel, passport and photograph as well."
        ),
        _("IPU Statutes and Rules: size of delegations, observers, delegations of one sex only."),
        fields.ASSEMBLY,
        (
            _HEAD,
            *(
                _at_most(number, status=status, population=population)
                for status in (Status.MEMBER, Status.ASSOCIATE)
                for number, population in ((8, Rule.Population.UNDER), (10, Rule.Population.OVER))
            ),
            _at_most(2, "", status=Status.OBSERVER),
            _MIXED,
            _rule(Kind.SINGLE_SEX_HISTORY, Severity.WARN, category=MEMBERS),
            _VALID_PASSPORT,
        ),
    ),
    "young_parliamentarians": Preset(
        pgettext_lazy("preset", "Conference of young parliamentarians"),
        _("At most 4 members, all under 45 on the opening day, women and men; staff may come along."),
        _("IPU Global Conference of Young Parliamentarians, 2019."),
        _WITH_AGE,
        (_HEAD, _at_most(4), _rule(Kind.AGE_UNDER, number=45, category=MEMBERS), _MIXED, _BALANCED),
    ),
    "speakers": Preset(
        pgettext_lazy("preset", "World Conference of Speakers"),
        _("At most 6 people, or 10 from a parliament of two chambers. The form is that of an Assembly."),
        _("IPU World Conference of Speakers of Parliament, 2010."),
        fields.ASSEMBLY,
        (
            _HEAD,
            _at_most(6, "", chambers=Rule.Chambers.ONE),
            _at_most(10, "", chambers=Rule.Chambers.TWO),
            _BALANCED,
            _VALID_PASSPORT,
        ),
    ),
    "wto_conference": Preset(
        pgettext_lazy("preset", "Parliamentary Conference on the WTO"),
        _("At most 4 members, in gender-balanced delegations."),
        _("Parliamentary Conference on the WTO, invitation of 2023."),
        fields.WORKSHOP,
        (_HEAD, _at_most(4), _MIXED, _BALANCED),
    ),
    "cpa_conference": Preset(
        pgettext_lazy("preset", "Commonwealth Parliamentary Conference"),
        _(
            "At least one third of the members are women, to the nearest whole number; "
            "at most 3 observers and 2 accompanying persons."
        ),
        _("CPA, 67th Commonwealth Parliamentary Conference."),
        fields.WORKSHOP,
        (
            _HEAD,
            _rule(Kind.WOMEN_SHARE, Severity.WARN, percent=ONE_THIRD, category=MEMBERS),
            _at_most(3, Category.OBSERVERS),
            _at_most(2, Category.ACCOMPANYING),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that applying a preset would make.

    Without `replace`, the service applies only the first two lists.
    """

    added_rules: list[Rule]
    added_fields: list[AskedField]
    removed_rules: list[Rule]
    changed_fields: list[tuple[AskedField, AskedField]]  # present row, wanted row
    removed_fields: list[AskedField]

    @property
    def adds_nothing(self) -> bool:
        return not (self.added_rules or self.added_fields)

    @property
    def is_empty(self) -> bool:
        """True if the event has these terms already."""
        return self.adds_nothing and not (self.removed_rules or self.changed_fields or self.removed_fields)

    def rules_after(self, event: Event, replace: bool) -> list[Rule]:
        gone = {rule.pk for rule in self.removed_rules} if replace else set()
        return [*(rule for rule in event.rules.all() if rule.pk not in gone), *self.added_rules]

    def names_after(self, event: Event, replace: bool) -> set[str]:
        """The names of the fields that the form would ask for, besides names and role."""
        gone = {row.name for row in self.removed_fields} if replace else set()
        return {row.name for row in [*event.asked_fields.all(), *self.added_fields]} - gone


def plan(event: Event, preset: Preset, replace: bool = True) -> Plan:
    """Compare a preset with the present rows of the event.

    To add a preset, a rule of the same kind for the same people counts as present. To replace, its figures
    must be equal too.
    """
    wanted, fields_wanted = preset.rules_for(event), {row.name: row for row in preset.fields_for(event)}
    rules, asked = list(event.rules.all()), {row.name: row for row in event.asked_fields.all()}
    sign = _figures if replace else scope
    there = {sign(rule) for rule in rules}
    return Plan(
        added_rules=[rule for rule in wanted if sign(rule) not in there],
        added_fields=[row for name, row in fields_wanted.items() if name not in asked],
        removed_rules=[rule for rule in rules if _figures(rule) not in {_figures(other) for other in wanted}],
        changed_fields=[
            (asked[name], row)
            for name, row in fields_wanted.items()
            if name in asked and (row.demand, row.round) != (asked[name].demand, asked[name].round)
        ],
        removed_fields=[row for name, row in asked.items() if name not in fields_wanted],
    )


def scope(rule: Rule) -> tuple[str, ...]:
    """The kind of the rule and the people it applies to.

    Two rules of one scope contradict or repeat each other.
    """
    return (rule.kind, rule.category, rule.status, rule.chambers, rule.population)


def _figures(rule: Rule) -> tuple[object, ...]:
    return (*scope(rule), rule.severity, rule.number, rule.percent, rule.rounding)


def rules_of(event: Event) -> list[Rule]:
    """The event's rules, or unsaved rules of the workshop preset if it has none. Uses prefetched rows."""
    return list(event.rules.all()) or PRESETS["workshop"].rules_for(event)
