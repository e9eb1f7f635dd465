"""Rules and fields of an event as text."""

from django import template
from django.utils.formats import number_format
from django.utils.text import capfirst

from registration.fields import CATALOGUE
from registration.models import AskedField, Rule

register = template.Library()


@register.filter
def rule_in_words(rule: Rule) -> str:
    """“At most so many people: 8 · Members of the delegation · member · under 100 million · prevents submission”."""
    figure = rule.number if rule.percent is None else f"{number_format(rule.percent.normalize())} %"
    kind = capfirst(rule.get_kind_display())
    parts = [
        kind if figure is None else f"{kind}: {figure}",
        "" if rule.percent is None else rule.get_rounding_display(),
        rule.get_category_display(),
        rule.get_status_display(),
        rule.get_chambers_display(),
        rule.get_population_display(),
        rule.get_severity_display(),
    ]
    return " · ".join(str(part) for part in parts if part)


@register.filter
def field_in_words(row: AskedField) -> str:
    """“Date of birth: required before submitting, who comes”."""
    label = capfirst(CATALOGUE[row.name].label) if row.name in CATALOGUE else row.name
    return f"{label}: {row.get_demand_display()}, {row.get_round_display()}"
