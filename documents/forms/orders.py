"""The form fields that all orders of documents share."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Batch
from events.models import Event

POSSIBLE_DATES = [MinValueValidator(date(1980, 1, 1)), MaxValueValidator(date(2107, 12, 31))]
"""The dates that a file in a ZIP can have. Any other date is a typing error."""


class OrderForm(forms.Form):
    """Language and date: all that an order for a document about the whole event needs."""

    languages = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)
    date = forms.DateField(
        label=_("Date of the document"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("Printed on it, whenever it is made."),
        validators=POSSIBLE_DATES,
    )
    choices = [choice for choice in Batch.Languages.choices if choice[0] != Batch.Languages.OWN]
    options: tuple[str, ...] = ()  # names of the fields that become options of the order

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        cast(forms.ChoiceField, self.fields["languages"]).choices = self.choices
        self.initial = {"languages": Batch.Languages.BOTH, "date": today(event), **self.initial}

    @property
    def order(self) -> dict[str, Any]:
        """The arguments for `services.order_batch`."""
        asked = {name: self.cleaned_data[name] for name in ("languages", "date")}
        options = {name: self.cleaned_data[name] for name in self.options}
        return asked | ({"options": options} if options else {})

    @property
    def option_fields(self) -> list[forms.BoundField]:
        """The fields of the options, in the order of the page."""
        return [self[name] for name in self.options]


def today(event: Event) -> date:
    """Return today's date in the event's time zone."""
    return timezone.now().astimezone(event.tz).date()
