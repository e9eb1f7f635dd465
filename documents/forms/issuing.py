"""The forms for sending letters: language and copies, or the date of new letters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms.orders import POSSIBLE_DATES, today
from documents.planned_mails import Languages
from events.models import Event

MAX_COPIES = 5


class AddressesField(forms.CharField):
    """E-mail addresses separated by commas, semicolons or spaces; repeated ones are dropped."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        words = str(super().to_python(value) or "").replace(",", " ").replace(";", " ").split()
        addresses = list({word.lower(): word for word in words}.values())
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(address)s” is not an e-mail address.") % {"address": address}
                ) from error
        if len(addresses) > MAX_COPIES:
            raise ValidationError(_("At most %(number)s addresses get copies.") % {"number": MAX_COPIES})
        return addresses


class IssueForm(forms.Form):
    """How the mails with letters are written."""

    languages = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=Languages,
        initial=Languages.OWN,
        widget=forms.RadioSelect,
    )
    cc = AddressesField(
        label=gettext_lazy("Copies to"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "E-mail addresses that get a copy of every mail, up to five, separated by commas. "
            "The copy holds the personal link."
        ),
        widget=forms.TextInput({"inputmode": "email"}),
    )


class ReplacementForm(forms.Form):
    """The date that is printed on new letters."""

    date = forms.DateField(
        label=gettext_lazy("Date of the new letters"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=gettext_lazy("Printed on them, whenever they are made."),
        validators=POSSIBLE_DATES,
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"date": today(event), **self.initial}
