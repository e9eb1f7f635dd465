"""The panel beside the forms of a delegation: its state and a bar chart of its gender balance."""

from typing import Any

from django import template

from registration.deadlines import Deadline
from registration.models import Delegation
from registration.overview import Overview
from registration.rules import Figures

register = template.Library()

GAP = 1  # between two parts of the bar, which is 100 units wide


@register.inclusion_tag("registration/_standing.html")
def standing(
    delegation: Delegation, deadline: Deadline | None, overview: Overview | None = None
) -> dict[str, Any]:
    """Deadline, figures and missing items. No queries for a delegation fetched `with_terms`."""
    event, organisation = delegation.event, delegation.organisation
    return {
        "overview": overview or Overview(delegation),
        "deadline": deadline,
        "of_categories": Deadline.of_categories(event, deadline.at, organisation) if deadline else [],
        "event": event,
    }


@register.inclusion_tag("registration/_balance.html")
def balance_bar(figures: Figures) -> dict[str, Any]:
    """Parts for women, men and others, as wide as their share; the template adds the text."""
    counts = {"women": figures.women, "men": figures.men, "others": figures.other + figures.not_stated}
    shown = {name: count for name, count in counts.items() if count}
    unit = (100 - GAP * (len(shown) - 1)) / figures.total if shown else 0
    parts, start = [], 0.0
    for name, count in shown.items():
        parts.append({"name": name, "x": f"{start:.2f}", "width": f"{count * unit:.2f}"})
        start += count * unit + GAP
    return {"parts": parts}
