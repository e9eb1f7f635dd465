"""Forms for decisions of the secretariat about a delegation: reasons, answers, extensions."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.forms import OrganisationField
from events.models import Event, Organisation, Window
from registration import rules
from registration.forms.fields import TidyField, TidyLinesField
from registration.models import Delegation, Participant
from registration.services.functions import LINES

READ_BY_COORDINATOR = gettext_lazy("The coordinator reads this. Write it in the language of the delegation.")


def version_field() -> forms.IntegerField:
    """The version of the delegation on the page."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class VersionForm(forms.Form):
    """A decision without a text."""

    version = version_field()


class ReasonForm(VersionForm):
    """A decision with a reason for the coordinator."""

    reason = TidyLinesField(
        label=capfirst(gettext_lazy("reason")),
        help_text=READ_BY_COORDINATOR,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": rules.ReasonMissing.sentence},
    )


class ReturnForm(ReasonForm):
    """The reason for returning a registration, and the last day for submitting it again."""

    field_order = ("version", "reason", "last_day")
    last_day = forms.DateField(
        label=gettext_lazy("Last day for the correction"),
        help_text=gettext_lazy("Only if the deadline has passed or is too near. This day is included."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext_lazy("What has to be corrected")
        self.fields["reason"].error_messages["required"] = _(
            "Write what has to be corrected: the coordinator reads it."
        )


class AnswerForm(VersionForm):
    """The decision on a request, with a text."""

    accept = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    answer = TidyLinesField(
        label=pgettext_lazy("to a request", "Answer"),
        help_text=READ_BY_COORDINATOR,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("accept") == "no" and not data.get("answer"):
            self.add_error("answer", gettext_lazy("Say why it is refused: the coordinator reads it."))
        return data


class ExtensionForm(forms.Form):
    """A later last day of a stage for one delegation.

    `shown` is the time of the latest extension when the officer's page was built.
    """

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    stage = forms.ChoiceField(label=pgettext_lazy("of an event", "Stage"))
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("This day is included, to its last minute."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = TidyField(
        label=capfirst(gettext_lazy("reason")),
        help_text=gettext_lazy("For the history; the coordinator does not read it."),
        max_length=300,
    )

    def __init__(self, *args: Any, stages: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["stage"])
        field.choices = [(stage, stage.label) for stage in Window.Stage if stage in stages]


class AddDelegationForm(forms.Form):
    """The event, and the organisation or group, of a new delegation."""

    event = forms.ModelChoiceField(  # type: ignore[var-annotated]
        Event.objects.exclude(status=Event.Status.CANCELLED), label=capfirst(gettext_lazy("event"))
    )
    organisation = OrganisationField(
        Organisation.objects.all(), label=capfirst(gettext_lazy("organization")), required=False
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Or a group of the secretariat"),
        choices=[("", "---------"), *Delegation.Group.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisation", "group"):  # one of the two is needed
            self.fields[name].needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("organisation")) == bool(data.get("group")):
            self.add_error("organisation", gettext_lazy("Choose an organization or a group, not both."))
        return data


class FunctionsForm(VersionForm):
    """A translation field for each typed line."""

    def __init__(self, *args: Any, people: list[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for person, line in self.lines():
            name = f"{line}_translation"
            self.fields[f"{person.pk}-{line}"] = TidyField(
                label=getattr(person, line),
                initial=getattr(person, name),
                max_length=200,
                required=False,
            )

    def lines(self) -> list[tuple[Participant, str]]:
        """Each person with the name of a line that has text."""
        return [(person, line) for person in self.people for line in LINES if getattr(person, line)]

    def rows(self) -> list[tuple[Participant, forms.BoundField, str]]:
        """Each person with the field for the translation and the language of the typed line."""
        return [
            (person, self[f"{person.pk}-{line}"], getattr(person, f"{line}_language"))
            for person, line in self.lines()
        ]

    def typed(self) -> dict[int, dict[str, str]]:
        """The translations of a valid form, as `translate_functions` takes them."""
        typed: dict[int, dict[str, str]] = {}
        for person, line in self.lines():
            typed.setdefault(person.pk, {})[line] = self.cleaned_data[f"{person.pk}-{line}"]
        return typed
