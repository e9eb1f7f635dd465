"""The forms for ordering documents made from the data of an event."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.forms.orders import OrderForm, today


class EventPaperForm(OrderForm):
    """A document about the whole event. Its date is the day of the order."""

    # Django removes an inherited field that is set to None.
    date = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        return (super().clean() or self.cleaned_data) | {"date": today(self.event)}


class ProgrammeForm(EventPaperForm):
    """The programme, with or without speakers. It is provisional unless `final` is ticked."""

    panellists = forms.BooleanField(label=_("With moderators and panellists"), required=False, initial=True)
    final = forms.BooleanField(
        label=_("It is final"),
        required=False,
        help_text=_("Otherwise it is called “Provisional programme”."),
    )
    options = ("panellists", "final")


class AgendaForm(EventPaperForm):
    """The agenda of a statutory meeting, with or without annotations. It is provisional unless it is adopted."""

    annotated = forms.BooleanField(label=_("With annotations"), required=False, initial=True)
    final = forms.BooleanField(
        label=_("It is adopted"),
        required=False,
        help_text=_("Otherwise it is called “Provisional agenda”."),
    )
    options = ("annotated", "final")


class ParticipantsForm(EventPaperForm):
    """The list of participants: final, or provisional with the people confirmed up to a moment."""

    final = forms.BooleanField(
        label=_("It is final"),
        required=False,
        help_text=_("It then names everybody who is confirmed and may be named, whatever the date."),
    )
    cut_off = forms.DateTimeField(
        label=_("Confirmed up to"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Date and time where the event is, printed on a provisional list. Empty: now."),
    )
    options = ("final", "cut_off")

    def clean_cut_off(self) -> datetime:
        """Return the moment, in the event's time zone, whatever the reader's time zone is."""
        now = timezone.now().astimezone(self.event.tz)
        typed = self.cleaned_data["cut_off"]
        cut_off = typed.replace(tzinfo=self.event.tz) if typed else now.replace(second=0, microsecond=0)
        if cut_off > now:
            raise forms.ValidationError(gettext("Choose a moment that has passed."))
        return cut_off

    @property
    def order(self) -> dict[str, Any]:
        asked = super().order
        cut_off = asked["options"].pop("cut_off")
        return asked if asked["options"]["final"] else asked | {"options": {"cut_off": cut_off.isoformat()}}
