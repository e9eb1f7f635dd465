"""Forms to upload several files, and to edit or replace one."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from attachments.models import Attachment
from attachments.validators import FileRefused, clean_name, detect_type
from events.forms import BilingualForm, LanguagesField, OrganisationField
from events.models import Event, Organisation, Session


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Accepts one or more files. Their content is checked when they are added, for each file separately."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(SeveralFilesField, self).clean(file, initial) for file in data or [None]]


class UploadForm(forms.Form):
    """Several files for one event, and the values that all of them get."""

    uploads = SeveralFilesField(
        label=_("Files"), allow_empty_file=True, help_text=_("You can choose several at once.")
    )
    kind = forms.ChoiceField(
        label=capfirst(_("kind")), choices=Attachment.Kind, initial=Attachment.Kind.PRESENTATION
    )
    session: "forms.ModelChoiceField[Session]" = forms.ModelChoiceField(
        Session.objects.none(), label=capfirst(_("session")), required=False, empty_label=_("the whole event")
    )
    languages = LanguagesField(label=capfirst(_("languages of the files")))
    audience = forms.ChoiceField(label=capfirst(_("who may have them")), choices=Attachment.Audience)
    presented_by = OrganisationField(
        Organisation.objects.all(),
        label=capfirst(_("presented by")),
        required=False,
        empty_label=_("nobody in particular"),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = event.sessions.all()  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """Return the values that every file gets."""
        return {name: value for name, value in self.cleaned_data.items() if name != "uploads"}


class AttachmentForm(BilingualForm):
    """Edit the description of a file, or replace the file."""

    languages = LanguagesField(label=capfirst(_("languages of the file")))
    replacement = forms.FileField(label=_("Another file in its place"), required=False, allow_empty_file=True)

    class Meta:
        model = Attachment
        fields = (
            "session",
            "kind",
            "title",
            "languages",
            "presented_by",
            "presented_by_text",
            "audience",
            "is_accessible",
            "order",
        )

    def clean_replacement(self) -> Any:
        file = self.cleaned_data["replacement"]
        if file:
            try:
                detect_type(file, clean_name(file.name))
            except FileRefused as refused:
                raise forms.ValidationError(str(refused), code="refused") from refused
        return file
