"""The forms for templates, signatories, logos and previews."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.language import LANGUAGE_CODES
from attachments.validators import FileRefused
from documents import store
from documents.models import About, Image, Kind, Logo, Signatory, Template
from documents.pictures import Picture, prepare_for_print
from documents.placeholders import PlaceholderError
from documents.rules import (
    HTML_FIELDS,
    TEXT_FIELDS,
    TRANSLATED,
    WORDS,
    TextRefused,
    require_known,
    require_paper_markup,
    require_plain,
)
from documents.services import images
from events.editor import RichTextField
from events.models import Event, Organisation
from events.search import fold
from registration.models import Delegation, Participant

PEOPLE_SHOWN = 1000  # people in the list from which the preview's addressee is chosen
_OPTIONS = {About.DELEGATION: "delegations", About.PERSON: "people"}
"""The option of an order that selects whom the document is about."""


class PaperTextField(RichTextField):
    """Rich text for documents. Markup that cleaning would remove silently is refused and named."""

    def clean(self, value: Any) -> str:
        try:
            require_paper_markup(value or "")
        except TextRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused
        return super().clean(value)


class TemplateForm(forms.ModelForm):
    """The texts of one kind of document. Errors are shown at the field and language that contains them."""

    class Meta:
        model = Template
        exclude = ()  # noqa: DJ006  the page's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self._words.labels.items():
            for field in self._named(name):
                code = field.removeprefix(name).strip("_")
                self.fields[field].label = f"{label} [{code}]" if code else label

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in TRANSLATED:
            for field in self._named(name):
                try:
                    self._require_allowed(name, cleaned.get(field) or "")
                except (PlaceholderError, TextRefused) as refused:
                    self.add_error(field, str(refused))
        for name in self._words.needed:
            fields = self._named(name)
            if fields and not any(cleaned.get(field) for field in fields):
                for field in set(fields) - set(self.errors):
                    self.add_error(field, self.fields[field].error_messages["required"])
        return cleaned

    def _require_allowed(self, name: str, text: str) -> None:
        """Raises PlaceholderError or TextRefused. The markup of rich text is checked by its field."""
        if name not in HTML_FIELDS:
            require_plain(text, braces=name in TEXT_FIELDS)
        if name in (*TEXT_FIELDS, *HTML_FIELDS):
            require_known(self.instance.kind, name, text)

    @property
    def _words(self) -> Any:
        return WORDS[Kind(self.instance.kind)]

    def _named(self, name: str) -> list[str]:
        """Return the form fields of this text: one for each language, or only one."""
        return [one for one in (name, *(f"{name}_{code}" for code in LANGUAGE_CODES)) if one in self.fields]


class PictureForm(forms.ModelForm):
    """A row with an uploaded picture (JPEG, PNG or SVG). It is written again for print before it is stored."""

    upload = forms.FileField(
        required=False,
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "svg"])],
        widget=forms.FileInput({"accept": ".jpg,.jpeg,.png,.svg"}),
        help_text=_(
            "JPEG, PNG or SVG. It is scaled down and set on white; nothing else in the file is kept."
        ),
    )
    shows = "image"
    """The model field that refers to the picture."""

    picture: Picture | None = None

    def __init__(self, *args: Any, is_tried: bool = False, **kwargs: Any) -> None:
        """With `is_tried`, as in a preview, no file is written."""
        super().__init__(*args, **kwargs)
        self._is_tried = is_tried

    def clean_upload(self) -> Any:
        if file := self.cleaned_data.get("upload"):
            try:
                picture = prepare_for_print(file)
                if not self._is_tried:
                    _write(picture, file.name)
            except FileRefused as refused:
                raise ValidationError(str(refused), code="refused") from refused
            self.picture = picture
        return file

    def save(self, commit: bool = True) -> Any:
        """Save the row with its picture."""
        if self.picture:
            image, _is_new = Image.objects.get_or_create(name=self.picture.name)
            setattr(self.instance, self.shows, image)
        return super().save(commit)


def _write(picture: Picture, name: str) -> None:
    """Store the picture's file. Raises FileRefused if the disk is full."""
    try:
        store.require_room()
        images.write_file(picture)
    except OSError as error:
        raise FileRefused(name, gettext("the server could not store it. Please try again later.")) from error


class SignatoryForm(PictureForm):
    """A signatory, with a picture of the signature or a place to sign by hand."""

    shows = "signature"
    unsigned = forms.BooleanField(label=_("Sign by hand"), required=False)

    class Meta:
        model = Signatory
        exclude = ()  # noqa: DJ006  the page names the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = _("Picture of the signature")
        self.fields["unsigned"].help_text = _("Removes the picture and leaves the place for it empty.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("name", *(f"title_{code}" for code in LANGUAGE_CODES)):
            try:
                require_plain(cleaned.get(name) or "")
            except TextRefused as refused:
                self.add_error(name, str(refused))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("unsigned"):
            self.instance.signature = None
        return super().save(commit)


class LogoForm(PictureForm):
    """The logo of one organisation."""

    class Meta:
        model = Logo
        fields = ("organisation",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = _("New picture")
        self.fields["upload"].required = not self.instance.pk


class PreviewForm(forms.Form):
    """The language of the preview, and the parliament, delegation or person that the document is about."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    whose = forms.ChoiceField(label=_("Addressee"))

    prefix = "preview"

    def __init__(self, template: Template, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template, self.about = template, Kind(template.kind).about
        if self.about == About.EVENT:
            del self.fields["whose"]
        else:
            cast(forms.ChoiceField, self.fields["whose"]).choices = self._choices()
        for field in self.fields.values():
            field.widget.attrs["form"] = "template_form"

    @property
    def order(self) -> dict[str, Any]:
        """The arguments for an order of this one document."""
        chosen: dict[str, Any] = {"languages": self.cleaned_data["language"]}
        if self.about == About.EVENT:
            return chosen
        whose = int(self.cleaned_data["whose"])
        if self.about == About.BODY:
            return chosen | {"organisations": Organisation.objects.filter(pk=whose)}
        return chosen | {"options": {_OPTIONS[self.about]: [whose]}}

    @property
    def person(self) -> int | None:
        """The key of the person whose data the preview shows, or None."""
        return int(self.cleaned_data["whose"]) if self.about == About.PERSON else None

    def _choices(self) -> list[tuple[str, str]]:
        """Return the choices, sorted by name. If nobody is invited yet, every national parliament is a choice."""
        event = self.template.event
        if self.about == About.BODY:
            found: QuerySet[Any] = Organisation.objects.filter(invitations__event=event)
            found = found if found.exists() else Organisation.objects.filter(kind=Organisation.Kind.NATIONAL)
        else:
            found = _people(event) if self.about == About.PERSON else _delegations(event)
        named = [(str(one.pk), _name(one)) for one in found]
        return sorted(named, key=lambda choice: fold(choice[1]))


def _delegations(event: Event) -> QuerySet[Delegation]:
    return Delegation.objects.filter(event=event).select_related("organisation", "event")


def _people(event: Event) -> QuerySet[Participant]:
    present = Participant.objects.filter(delegation__event=event, erased_at=None)
    return present.select_related("delegation__organisation")[:PEOPLE_SHOWN]


def _name(one: Organisation | Delegation | Participant) -> str:
    if isinstance(one, Participant):
        return f"{one} – {one.delegation.name}"
    return str(one.name)
