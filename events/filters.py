"""The filters of the list of events. Their values are in the URL's query and are the same in both languages."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.language import LANGUAGE_CODES
from events.models import Event, EventQuerySet
from events.search import fold

_ALL = ("", pgettext_lazy("filter of events", "All"))


class EventFilter(forms.Form):
    """Filters events by words, kind, year and country. Invalid values are ignored."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[_ALL, *Event.Kind.choices])
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data: QueryDict, events: EventQuerySet) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.events = events
        years = events.dates("first_day", "year", order="DESC")
        self._offer("year", [(str(day.year), str(day.year)) for day in years])
        self._offer("country", country_choices(events.country_names(), get_language()))

    @property
    def criteria(self) -> dict[str, Any]:
        """The valid values, without empty ones."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def matching_events(self) -> EventQuerySet:
        """Return the events that match all values."""
        criteria = self.criteria
        events = self.events.matching(criteria.get("q", ""))
        if "kind" in criteria:
            events = events.filter(kind=criteria["kind"])
        if "year" in criteria:
            events = events.in_year(criteria["year"])
        if "country" in criteria:
            events = events.in_country(criteria["country"])
        return events

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [_ALL, *choices]


def country_choices(names: Iterable[tuple[str | None, ...]], language: str) -> list[tuple[str, str]]:
    """Return each country once, with its name in this language (or in the other one), in alphabetical order.

    The value is the same in both languages, so that the filter is kept when the reader changes the language.
    """
    column = LANGUAGE_CODES.index(language)
    labels: dict[str, str] = {}
    for row in names:
        if value := next(filter(None, row), None):
            labels[value] = row[column] or labels.get(value, value)
    return sorted(labels.items(), key=lambda choice: fold(choice[1]))
