"""Forms for requests after a deadline."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from registration.forms.person import WhyForm
from registration.forms.submit import TermsForm
from registration.models import Participant


class LateForm(TermsForm, WhyForm):
    """The reason for a late registration, with the terms of every submission."""

    field_order = ("version", "why")

    @property
    def terms(self) -> dict[str, Any]:
        """The values of a valid form, as `request_late` takes them."""
        return super().terms | {"why": self.cleaned_data["why"]}


class AddForm(WhyForm):
    """The draft person to be added, and the reason."""

    person = forms.TypedChoiceField(label=gettext_lazy("Who comes too"), coerce=int, widget=forms.RadioSelect)
    field_order = ("person", "why")

    def __init__(self, *args: Any, drafts: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafts = {one.pk: one for one in drafts}
        choices = [(one.pk, f"{one.full_name} – {one.get_role_display()}") for one in drafts]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["person"] = choices[0][0]

    @property
    def chosen(self) -> Participant:
        """The person chosen in a valid form."""
        return self.drafts[self.cleaned_data["person"]]
