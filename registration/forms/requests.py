"""What a delegation asks for once a deadline is over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from registration.forms.person import WhyForm
from registration.forms.submit import TermsForm
from registration.models import Participant


class LateForm(TermsForm, WhyForm):
    """Why the registration comes late, beside what is read and declared at every submission."""

    field_order = ("version", "why")

    @property
    def terms(self) -> dict[str, Any]:
        """What a valid form says, as `request_late` takes it."""
        return super().terms | {"why": self.cleaned_data["why"]}


class AddForm(WhyForm):
    """Which of the people in draft is to be added, and why."""

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
        """The person whom a valid form names."""
        return self.drafts[self.cleaned_data["person"]]
