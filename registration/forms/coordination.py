"""Forms for the answer to an invitation, the address of a coordinator, and a lost link."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from events.models import Event
from events.search import fold
from registration.forms.fields import TidyLinesField
from registration.forms.pages import AddressForm
from registration.models import Invitation


class InvitationAnswerForm(forms.Form):
    """Accept or decline, with an optional text."""

    state = forms.CharField(required=False)  # the value of the button: accepted or declined
    answer = TidyLinesField(
        label=gettext_lazy("A word with the answer"),
        help_text=gettext_lazy("The secretariat reads it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("state") not in {Invitation.State.ACCEPTED, Invitation.State.DECLINED}:
            raise ValidationError(gettext_lazy("Say whether you accept or decline."), code="no_answer")
        return data


class CoordinatorForm(AddressForm):
    """The address of a user to invite as coordinator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = gettext_lazy("E-mail address of the person")
        field.help_text = gettext_lazy(
            "Their own address at work. They sign in with a code that we send to it."
        )
        field.widget.attrs["autocomplete"] = "off"
        field.error_messages["required"] = str(gettext_lazy("Enter the e-mail address of the person."))


class LostLinkForm(forms.Form):
    """A choice among the organisations invited to the event, sorted by name."""

    invitation = forms.ModelChoiceField(
        Invitation.objects.none(),
        label=capfirst(gettext_lazy("parliament or organization")),
        empty_label=gettext_lazy("Choose"),
        error_messages={
            "required": gettext_lazy("Choose your parliament or organization."),
            "invalid_choice": gettext_lazy("Choose your parliament or organization."),
        },
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invited = event.invitations.select_related("organisation")
        field = self.fields["invitation"]
        field.queryset = invited  # type: ignore[attr-defined]
        names = sorted(((one.pk, str(one.organisation)) for one in invited), key=lambda one: fold(one[1]))
        field.choices = [("", field.empty_label), *names]  # type: ignore[attr-defined]
