"""Text fields that take any script and refuse what cannot be printed."""

from typing import Any

from django import forms

from registration import rules


class TidyField(forms.CharField):
    """A line of text in any script, without what a paste carries along."""

    def to_python(self, value: Any) -> str:
        return rules.tidy(super().to_python(value) or "")


class NameField(TidyField):
    default_validators = [rules.validate_name]


class TidyLinesField(forms.CharField):
    """The same for several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return rules.tidy_lines(super().to_python(value) or "")
