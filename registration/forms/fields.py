"""Form fields for any script, for dates, times and telephone numbers; they refuse unprintable characters."""

from datetime import date
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from registration import countries, rules

EARLIEST, LATEST = 1900, 2199  # valid years for dates in a person's documents


class TidyField(forms.CharField):
    """A line of text in any script, without the invisible characters of pasted text."""

    def to_python(self, value: Any) -> str:
        return rules.tidy(super().to_python(value) or "")


class NameField(TidyField):
    default_validators = [rules.validate_name]


class TidyLinesField(forms.CharField):
    """Several lines of text, each like a `TidyField`."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return rules.tidy_lines(super().to_python(value) or "")


class DayWidget(forms.MultiWidget):
    """Day, month and year as three labelled text fields."""

    template_name = "components/day.html"
    use_fieldset = True
    LABELS = (
        pgettext_lazy("part of a date", "Day"),
        pgettext_lazy("part of a date", "Month"),
        pgettext_lazy("part of a date", "Year"),
    )

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        part = {"inputmode": "numeric", "autocomplete": "off"}
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(part | {"size": size}) for name, size in _PARTS.items()
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.LABELS, strict=True):
            part["label"] = label
        return context


_PARTS = {"day": 2, "month": 2, "year": 4}


class DayField(forms.Field):
    """A date as people write it: “1 6 2026” and “01 06 2026” are equal. An empty field gives None."""

    widget = DayWidget

    def to_python(self, value: Any) -> date | None:
        typed = [str(part or "").strip() for part in value or ()]
        if not any(typed):
            return None
        if not all(part.isdecimal() and len(part) <= 4 for part in typed):
            raise ValidationError(_("Write the day, the month and the year in figures."), code="figures")
        day, month, year = (int(part) for part in typed)
        if not EARLIEST <= year <= LATEST:
            raise ValidationError(
                _("Write the year in four figures, from %(first)s on.") % {"first": EARLIEST}, code="year"
            )
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError(_("There is no such day in the calendar."), code="calendar") from error


class HourField(forms.TimeField):
    """A time with a colon, “09:30”. A point instead of the colon, or a missing leading zero, is accepted."""

    widget = forms.TimeInput(format="%H:%M", attrs={"data-width": "short"})
    input_formats = ("%H:%M", "%H.%M", "%H:%M:%S")
    default_error_messages = {
        "invalid": gettext_lazy("Write the hour from 00:00 to 23:59, for example 17:45.")
    }


class PhoneField(TidyField):
    """A telephone number of any country, stored in the international format: “+598 2 924 8783”."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        dialled = f"+{typed[2:]}" if typed.startswith("00") else typed
        try:
            number = phonenumbers.parse(dialled, None)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or number.extension or not phonenumbers.is_possible_number(number):
            raise ValidationError(
                _("Write the number with the code of its country, for example +41 22 555 01 23."),
                code="phone",
            )
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class CountryField(forms.ChoiceField):
    """A country: its code as the value, its name in the reader's language."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(choices=_countries, **kwargs)


def _countries() -> list[tuple[str, str]]:
    return [("", ""), *countries.names(get_language() or "en").items()]
