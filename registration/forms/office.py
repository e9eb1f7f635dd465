"""Forms of the secretariat: the import of the directory and a round of invitations."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.models import Event
from registration import imports
from registration.models import Invitation, Parliament
from registration.services import OWN_LANGUAGE


class ImportForm(forms.Form):
    """The directory as a CSV file."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("CSV in UTF-8, with the columns of the directory.")
    )

    def clean_file(self) -> str:
        """Return the text of the file."""
        file: UploadedFile = self.cleaned_data["file"]
        return imports.decode(file.read())


class ParliamentsField(forms.ModelMultipleChoiceField):
    """Parliaments by code and name, in the order of the codes."""

    def label_from_instance(self, obj: Parliament) -> str:
        return f"{obj.organisation.code} – {obj}"


class InviteForm(forms.Form):
    """The event and the parliaments to invite. Parliaments chosen one by one replace status and group."""

    event = forms.ModelChoiceField(  # type: ignore[var-annotated]
        Event.objects.exclude(status__in=[Event.Status.CANCELLED, Event.Status.POSTPONED]),
        label=capfirst(gettext_lazy("event")),
    )
    status = forms.MultipleChoiceField(
        label=gettext_lazy("Every parliament that is"),
        choices=Parliament.Status,
        initial=[Parliament.Status.MEMBER],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Of the geopolitical group"),
        choices=[("", gettext_lazy("all groups")), *Parliament.Group.choices],
        required=False,
    )
    parliaments = ParliamentsField(
        Parliament.objects.with_names(),
        label=gettext_lazy("Or only these"),
        help_text=gettext_lazy("Hold Control to pick several. When anything is picked, only that counts."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
    language = forms.ChoiceField(
        label=capfirst(gettext_lazy("language")),
        choices=[
            (OWN_LANGUAGE, pgettext_lazy("letter", "each in its own language")),
            *Invitation.Language.choices,
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("status", "group", "parliaments"):  # one of these is needed
            self.fields[name].needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("parliaments") and not data.get("status"):
            self.add_error("status", gettext_lazy("Say who is invited."))
        return data

    def chosen(self) -> QuerySet[Parliament]:
        """The parliaments chosen in a valid form."""
        if picked := self.cleaned_data["parliaments"]:
            return picked
        chosen = Parliament.objects.with_names().filter(status__in=self.cleaned_data["status"])
        group = self.cleaned_data["group"]
        return chosen.filter(group=group) if group else chosen
