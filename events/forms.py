"""Admin forms and fields: languages, organisations, time zones, bilingual texts, and deadlines as whole days."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from accounts import audit
from accounts.language import LANGUAGE_CODES
from events.models import Event, Session, Window
from events.search import fold

# The official languages of the UN, and others that are common at meetings.
COMMON_LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh")


class LanguagesField(forms.MultipleChoiceField):
    """Checkboxes for languages, stored as comma-separated codes. A stored code that is not offered is kept."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "choices"})
        super().__init__(choices=lambda: _language_choices(), widget=widget, **kwargs)

    def prepare_value(self, value: str | Sequence[str] | None) -> list[str]:
        codes = _codes(value)
        self.choices = _language_choices([code for code in codes if code not in COMMON_LANGUAGES])
        return codes

    def valid_value(self, value: str) -> bool:
        return re.fullmatch(r"[a-z]{2}", value) is not None

    def clean(self, value: Any) -> str:
        return ",".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(_codes(initial)) != set(_codes(data))


class ChoicesByName(forms.models.ModelChoiceIterator):
    """Sorts the choices by name in the reader's language, without accents and case; the empty choice is first."""

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(super().__iter__(), key=lambda choice: (choice[0] != "", fold(str(choice[1])))))


class OrganisationField(forms.ModelChoiceField):
    """Selects one organisation; the choices are sorted by name."""

    iterator = ChoicesByName


class ZoneInput(forms.TextInput):
    """A text field for a time zone that proposes the existing zones; part of a name is enough to find one."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "vTextField", "list": "zones", "autocomplete": "off", **(attrs or {})})

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return format_html('{}<datalist id="zones">{}</datalist>', super().render(*args, **kwargs), _zones())


class BilingualForm(forms.ModelForm):
    """Requires each mandatory text in at least one language. Publishing requires the other language too."""

    def clean(self) -> None:
        super().clean()
        for field in translator.get_options_for_model(self._meta.model).all_fields:
            names = [name for code in LANGUAGE_CODES if (name := f"{field}_{code}") in self.fields]
            is_needed = not self._meta.model._meta.get_field(field).blank
            if names and is_needed and not any(self.cleaned_data.get(name) for name in names):
                for name in set(names) - set(self.errors):
                    self.add_error(name, self.fields[name].error_messages["required"])


def fingerprint(obj: Any) -> str:
    """Return a hash that changes when an editable value of the object or of its `parts` changes."""
    values = json.dumps(audit.editable_values(obj, *obj.parts), sort_keys=True, default=str)
    return hashlib.sha256(values.encode()).hexdigest()


class OptimisticLockForm(BilingualForm):
    """Refuses to save if the object has changed since the page was opened, so that no work is overwritten unnoticed."""

    CHANGED = _(
        "Nothing was saved: somebody else has changed this since you opened the page. "
        "Look at it in another window; what you save from here now replaces it."
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = fingerprint(self.instance) if self.instance.pk else ""

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("seen") != self.initial["seen"]:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("seen")] = self.initial["seen"]
            self.data = data
            self.add_error(None, ValidationError(self.CHANGED, code="changed"))


class EventForm(OptimisticLockForm):
    """An event, with checkboxes for its languages and a field for its time zone."""

    working_languages = LanguagesField(label=capfirst(_("working languages")), required=False)

    class Meta:
        model = Event
        exclude = ()  # noqa: DJ006  the page's fieldsets name the fields
        widgets = {"zone": ZoneInput}

    def clean_working_languages(self) -> str:
        """Return the stored value for the same languages: checkboxes lose its order, which documents keep."""
        chosen: str = self.cleaned_data["working_languages"]
        return chosen if "working_languages" in self.changed_data else self.instance.working_languages

    def clean(self) -> None:
        super().clean()
        _refuse_wrong_order(self)


class SessionForm(OptimisticLockForm):
    """A session of the programme."""

    class Meta:
        model = Session
        exclude = ()  # noqa: DJ006  the page's fieldsets name the fields


class WindowForm(forms.ModelForm):
    """A deadline, entered as its first and last day, both whole days."""

    first_day = forms.DateField(label=capfirst(_("first day")), widget=AdminDateWidget)
    last_day = forms.DateField(
        label=capfirst(_("last day")),
        widget=AdminDateWidget,
        help_text=_("The whole day counts, until 23:59."),
    )

    class Meta:
        model = Window
        fields = ("stage",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(first_day=self.instance.first_day, last_day=self.instance.last_day)

    def clean(self) -> None:
        super().clean()
        _refuse_wrong_order(self)

    def save(self, commit: bool = True) -> Window:
        self.instance.set_days(self.cleaned_data["first_day"], self.cleaned_data["last_day"])
        window: Window = super().save(commit)
        return window


class WindowFormSet(forms.BaseInlineFormSet):
    """The deadlines of one event, each stage only once. Days are in the zone that the event has after this edit."""

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form: forms.ModelForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.event = self.instance
        return form

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            stage = data.get("stage")
            if not stage or data.get(DELETION_FIELD_NAME):
                continue
            if stage in seen:
                form.add_error("stage", _("This stage already has its deadline."))
            seen.add(stage)


def _refuse_wrong_order(form: forms.ModelForm) -> None:
    """Add an error to the last day if it is before the first day."""
    first, last = form.cleaned_data.get("first_day"), form.cleaned_data.get("last_day")
    if first and last and last < first:
        form.add_error("last_day", _("The last day cannot be before the first day."))


def _codes(value: str | Sequence[str] | None) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value or ()
    return [part.strip() for part in parts if part.strip()]


def _language_choices(more: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return language codes with their names in the editor's language, sorted by name."""
    names = Locale.parse(get_language() or "en").languages
    choices = [(code, capfirst(names.get(code, code))) for code in (*COMMON_LANGUAGES, *more)]
    return sorted(choices, key=lambda choice: fold(choice[1]))


@cache
def _zones() -> SafeString:
    """Return HTML options for UTC and for the time zones that are named after a place."""
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return format_html_join("", '<option value="{}">', ((zone,) for zone in ("UTC", *sorted(named))))
