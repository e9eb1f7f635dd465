"""Forms of the last page before submission: people, privacy notice, declarations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from events import texts
from registration import rules
from registration.models import Declaration, Delegation, Participant

UNDECLARED = gettext_lazy("Read this and tick the box before you submit.")
MAY_BE_EMPTY = gettext_lazy("Optional: you can submit with this box empty.")
REWORDED = gettext_lazy("The wording has changed since you opened the page. Read it again.")


class TermsForm(forms.Form):
    """The version on the page, the privacy notice, and a box for each declaration of the event."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    privacy_read = forms.BooleanField(
        label=gettext_lazy(
            "I have read the privacy notice, and the people named here know that I enter their data."
        ),
        error_messages={"required": rules.PrivacyNotRead.sentence},
    )

    def __init__(self, *args: Any, delegation: Delegation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", delegation.version)
        self.delegation = delegation
        self._declarations = list(delegation.event.declarations.all())
        for one in self._declarations:
            self.fields[_box(one)] = forms.BooleanField(
                label=texts.find(one, "statement", get_language() or "en").value,
                required=one.is_required,
                help_text="" if one.is_required else MAY_BE_EMPTY,
                error_messages={"required": UNDECLARED},
            )

    def clean(self) -> None:
        """Refuse a box that was ticked for an earlier wording of its declaration."""
        for one in self._declarations:
            ticked = {name for name in self.data if name.startswith(f"declaration-{one.pk}-")}
            if ticked - {_box(one)}:
                self.errors.pop(_box(one), None)
                self.add_error(_box(one), REWORDED)

    @property
    def declarations(self) -> list[tuple[Declaration, forms.BoundField]]:
        """Each declaration with its box."""
        return [(one, self[_box(one)]) for one in self._declarations]

    @property
    def terms(self) -> dict[str, Any]:
        """The values of a valid form, as the services take them."""
        return {
            "version": self.cleaned_data["version"],
            "privacy_read": self.cleaned_data["privacy_read"],
            "declarations": {one.pk: self.cleaned_data[_box(one)] for one in self._declarations},
        }


class SubmitForm(TermsForm):
    """The terms, and the people to submit: all drafts, unless the user unticks some."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who is sent"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one person."),
            "invalid_choice": gettext_lazy(
                "The list of people has changed since this page was opened. Check it again."
            ),
        },
    )
    field_order = ("version", "people")

    def __init__(
        self, *args: Any, delegation: Delegation, drafts: Sequence[Participant], **kwargs: Any
    ) -> None:
        super().__init__(*args, delegation=delegation, **kwargs)
        self.drafts = drafts
        if len(drafts) < 2:  # there is no choice
            del self.fields["people"]
            return
        people = self.fields["people"]
        people.choices = [(one.pk, str(one)) for one in drafts]  # type: ignore[attr-defined]
        people.initial = [one.pk for one in drafts]

    @property
    def chosen(self) -> list[int] | None:
        """The keys of the chosen people; None for all."""
        return self.cleaned_data.get("people")

    @property
    def rows(self) -> list[tuple[Participant, bool]]:
        """All drafts, each with whether its box is ticked."""
        ticked = {str(key) for key in self["people"].value() or ()} if "people" in self.fields else None
        return [(one, ticked is None or str(one.pk) in ticked) for one in self.drafts]


def _box(declaration: Declaration) -> str:
    return f"declaration-{declaration.pk}-{declaration.version}"
