"""Ordering what is made from the rows of an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms.orders import OrderForm, today


class EventPaperForm(OrderForm):
    """A paper of the whole event: its date is the day it is asked for."""

    # Django leaves a field out that is set to None.
    date = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        return (super().clean() or self.cleaned_data) | {"date": today(self.event)}


class ProgrammeForm(EventPaperForm):
    """The programme: with or without those who speak, provisional until the event says that it is final."""

    panellists = forms.BooleanField(label=_("With moderators and panellists"), required=False, initial=True)
    final = forms.BooleanField(
        label=_("It is final"),
        required=False,
        help_text=_("Until then it is called “Provisional programme”."),
    )
    options = ("panellists", "final")


class AgendaForm(EventPaperForm):
    """The agenda of a statutory meeting: with or without annotations, provisional until it is adopted."""

    annotated = forms.BooleanField(label=_("With annotations"), required=False, initial=True)
    final = forms.BooleanField(
        label=_("It is adopted"),
        required=False,
        help_text=_("Until then it is called “Provisional agenda”."),
    )
    options = ("annotated", "final")
