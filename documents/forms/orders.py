"""What is asked of whoever orders documents, whatever their kind."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Batch
from events.models import Event

POSSIBLE = [MinValueValidator(date(1980, 1, 1)), MaxValueValidator(date(2107, 12, 31))]
"""The days that a file in a ZIP can bear; whatever lies outside is a slip of the keys."""


class OrderForm(forms.Form):
    """In which language, dated when: all that a document of the whole event asks."""

    languages = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)
    date = forms.DateField(
        label=_("Date of the document"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("Printed on it, whenever it is made."),
        validators=POSSIBLE,
    )
    choices = [choice for choice in Batch.Languages.choices if choice[0] != Batch.Languages.OWN]
    options: tuple[str, ...] = ()  # fields whose values are the options of the order, by their own names

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        cast(forms.ChoiceField, self.fields["languages"]).choices = self.choices
        self.initial = {"languages": Batch.Languages.BOTH, "date": today(event), **self.initial}

    @property
    def order(self) -> dict[str, Any]:
        """What `services.order_batch` is asked."""
        asked = {name: self.cleaned_data[name] for name in ("languages", "date")}
        options = {name: self.cleaned_data[name] for name in self.options}
        return asked | ({"options": options} if options else {})

    @property
    def option_fields(self) -> list[forms.BoundField]:
        """The options, as they stand on the page."""
        return [self[name] for name in self.options]


def today(event: Event) -> date:
    """The day it is where the event is."""
    return timezone.now().astimezone(event.tz).date()
