"""Forms to find and to erase the data of a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from registration.forms.fields import TidyLinesField
from registration.models import Participant


class WhoseForm(forms.Form):
    """The address of somebody who asks for their data."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Make sure first that whoever asks is the person: answer to this address."),
    )


class EraseForm(forms.Form):
    """The person's entries under an address, a reason, and a confirmation."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Which of these entries are the person’s"),
        help_text=gettext_lazy(
            "Some coordinators give their own address for everybody. Entries that you do not tick lose only the "
            "address."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = TidyLinesField(
        label=gettext_lazy("Reason for erasing now"),
        help_text=gettext_lazy("The audit trail keeps it: name nobody."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label=gettext_lazy("I understand that this cannot be undone."))

    def __init__(self, *args: Any, people: list[Participant], needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]
        if not people:
            del self.fields["people"]
            return
        choice = self.fields["people"]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101  tells mypy
        choice.choices = [(str(one.pk), f"{one.full_name} – {one.delegation}") for one in people]
        choice.initial = [str(one.pk) for one in people]

    @property
    def chosen(self) -> list[int] | None:
        """The keys of the chosen people; None if there was no choice."""
        return [int(pk) for pk in self.cleaned_data["people"]] if "people" in self.fields else None
