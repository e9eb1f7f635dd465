"""Forms for the details of a delegation and for one file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.requests import parse_number
from registration import services
from registration.fields import Asked
from registration.forms.fields import NameField, PhoneField, TidyField, TidyLinesField
from registration.forms.person import Conflict, shown_value
from registration.models import AskedField, Delegation, Upload

BY_NAME: dict[str, type[forms.Field]] = {"second_contact_name": NameField, "second_contact_phone": PhoneField}
BY_COLUMN: dict[type[models.Field], type[forms.Field]] = {
    models.CharField: TidyField,
    models.TextField: TidyLinesField,
}
HINTS: dict[str, Promise] = {
    "composition": gettext_lazy("For example: four members of both chambers, two advisers, one interpreter."),
    "expected_number": gettext_lazy("As far as it is known, everybody included."),
    "second_contact_name": gettext_lazy("Whom to reach instead of the coordinator: an embassy, for example."),
    "second_contact_phone": gettext_lazy("With the code of the country, for example +41 22 555 01 23."),
    "remarks": gettext_lazy("The secretariat reads this."),
}
ROWS = {"composition": 3, "remarks": 4}
MOST_EXPECTED = 500


class DetailsForm(forms.Form):
    """The fields of the delegation as a whole; all may be empty in a draft.

    The form keeps the typed text when the service refuses it. `conflicts` lists values that another user
    saved in the meantime.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, delegation: Delegation, asked: Asked
    ) -> None:
        names = [row.name for row in asked.of_delegation()]
        super().__init__(data, initial={name: getattr(delegation, name) for name in names})
        self.delegation = delegation
        self.conflicts: list[Conflict] = []
        self.shown_version = delegation.version if data is None else parse_number(data.get("version", ""))
        for row in asked.of_delegation():
            self.fields[row.name] = _field(row)

    @property
    def typed(self) -> dict[str, Any]:
        """The valid values that were sent; fields that the page did not show are left out."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}

    def save(self, *, actor: User) -> Delegation:
        """Save the typed values. Raises DetailsChanged, EditingClosed."""
        return services.save_details(
            delegation=self.delegation, fields=self.typed, version=self.shown_version, actor=actor
        )

    def show_conflict(self, conflict: services.DetailsChanged) -> None:
        """Show the saved values beside the typed ones; saving again keeps the typed ones."""
        self.shown_version = conflict.delegation.version
        self.conflicts = [
            Conflict(
                str(self.fields[name].label),
                shown_value(name, getattr(conflict.delegation, name)),
                shown_value(name, self.typed[name]),
            )
            for name in conflict.names
        ]

    def proposal(self) -> dict[str, Any]:
        """The values that differ from the stored ones, as the content of a request."""
        return {name: value for name, value in self.typed.items() if getattr(self.delegation, name) != value}


class UploadForm(forms.Form):
    """One file; the service checks its content."""

    file = forms.FileField(
        error_messages={"required": gettext_lazy("Choose a file first.")},
        allow_empty_file=True,  # the service refuses it, with a message like that of other faults
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.label = capfirst(str(Upload.Kind(kind).label))
        is_letter = kind == Upload.Kind.NOMINATION
        types = "application/pdf,image/jpeg,image/png" if is_letter else "image/jpeg,image/png"
        field.help_text = (
            gettext_lazy("PDF, JPEG or PNG, at most 10 MB.")
            if is_letter
            else gettext_lazy("JPEG or PNG, at most 10 MB.")
        )
        field.widget = forms.FileInput(attrs={"accept": types, "data-picture": kind})


def _field(row: AskedField) -> forms.Field:
    """The form field for a row; it may stay empty in a draft.

    A field required for submission is marked as needed.
    """
    field = _form_field(row.name)
    field.required = False
    field.needed = row.demand == AskedField.Demand.REQUIRED
    field.help_text = str(HINTS.get(row.name, field.help_text))
    field.widget.attrs["autocomplete"] = "off"  # the data is about other people, not the user
    if row.name in ROWS:
        field.widget.attrs["rows"] = ROWS[row.name]
    return field


def _form_field(name: str) -> Any:
    """The form field for the type of the column, which tidies the typed text."""
    column: Any = Delegation._meta.get_field(name)
    if isinstance(column, models.EmailField):
        return column.formfield()
    if not isinstance(column, models.PositiveSmallIntegerField):
        return column.formfield(form_class=BY_NAME.get(name) or BY_COLUMN[type(column)])
    field: Any = column.formfield(min_value=1, max_value=MOST_EXPECTED)
    field.widget.attrs |= {"inputmode": "numeric", "data-width": "short"}
    return field
