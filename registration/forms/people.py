"""The people of a delegation, one row each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registration import rules
from registration.forms.fields import NameField, TidyField
from registration.models import Participant
from registration.services import Person

PREFIX = "people"
FIELDS = ("role", "honorific", "given_names", "family_names", "badge_name", "gender", "function", "email")
NEEDED = (
    "role",
    "given_names",
    "family_names",
    "gender",
    "function",
)  # before submitting; a draft may lack them
TYPED = (
    "given_names",
    "family_names",
    "badge_name",
    "function",
    "email",
)  # the others have a choice made for them


class PersonForm(forms.ModelForm):
    """One person. Removed rows and rows without a word are not checked: they are not kept either."""

    pk = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    remove = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Participant
        fields = FIELDS
        field_classes = {
            "given_names": NameField,
            "family_names": NameField,
            "badge_name": NameField,
            "function": TidyField,
        }
        help_texts = {
            "badge_name": gettext_lazy("If it differs."),
            "function": gettext_lazy("As it is to stand on the badge."),
            "email": gettext_lazy("One address may serve several people."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TYPED:
            self.fields[name].widget.attrs["autocomplete"] = "off"  # other people's data
        for name in ("given_names", "family_names", "badge_name"):
            self.fields[name].widget.attrs["spellcheck"] = "false"
        for name in NEEDED:  # the page does not call them optional
            self.fields[name].needed = True  # type: ignore[attr-defined]
        if self.initial.get("focus") == "first":
            self.fields["role"].widget.attrs["autofocus"] = True

    def full_clean(self) -> None:
        if self.is_bound and not self.is_kept:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()
        if self._errors.pop("pk", None):
            self.add_error(None, rules.UnknownPerson.sentence)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not {"given_names", "family_names"} & self.errors.keys() and not (
            data.get("given_names") or data.get("family_names")
        ):
            self.add_error(
                "given_names", _("Enter the given names, the family names or both, or remove this person.")
            )
        return data

    @property
    def is_removed(self) -> bool:
        return self["remove"].value() == "1"

    @property
    def is_blank(self) -> bool:
        """A new row in which nothing has been written."""
        return not self["pk"].value() and not any(str(self[name].value() or "").strip() for name in TYPED)

    @property
    def is_kept(self) -> bool:
        return not self.is_removed and not self.is_blank

    @property
    def is_open(self) -> bool:
        """Shown unfolded: new, refused or still lacking something."""
        lacks_function = (
            not self["function"].value() and self["role"].value() != Participant.Role.ACCOMPANYING
        )
        return not self["pk"].value() or bool(self.is_bound and self.errors) or lacks_function

    @property
    def shown_name(self) -> str:
        """What the row is headed by; empty while there is no name."""
        parts = (str(self[name].value() or "").strip() for name in ("given_names", "family_names"))
        return " ".join(part for part in parts if part)

    @property
    def shown_role(self) -> str:
        """The role chosen, in the neutral word."""
        return str(dict(Participant.Role.choices).get(self["role"].value(), ""))

    def person(self) -> Person:
        """What the service is told of a valid row. Raises UnknownPerson for a key that is none."""
        try:
            pk = self.fields["pk"].clean(self["pk"].value())
        except ValidationError as error:  # of a struck row, which is not checked otherwise
            raise rules.UnknownPerson from error
        return Person(
            {name: self.cleaned_data[name] for name in FIELDS if self.is_kept}, pk, remove=self.is_removed
        )


class PeopleFormSet(forms.BaseFormSet):
    """All rows of the page. Striking a row is the row's own affair, so that it can be undone until it is saved."""

    form = PersonForm
    renderer = get_default_renderer()
    extra = min_num = 0
    max_num = absolute_max = rules.MOST_PEOPLE
    validate_min = can_order = can_delete = can_delete_extra = False
    validate_max = True
    default_error_messages = {
        "missing_management_form": rules.UnknownPerson.sentence,
        "too_many_forms": rules.TooManyPeople.sentence,
    }

    def clean(self) -> None:
        heads = [form for form in self.forms if form.cleaned_data.get("role") == Participant.Role.HEAD]
        for form in heads[1:]:
            form.add_error("role", rules.TwoHeads.sentence)
