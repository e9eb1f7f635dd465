"""Forms for the terms of an event: rules, fields, declarations, places, deadlines by category."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from modeltranslation.translator import translator

from accounts.language import LANGUAGE_CODES
from events.forms import BilingualForm, OptimisticLockForm, WindowForm, WindowFormSet
from events.models import Window
from registration import rules
from registration.fields import ALWAYS, CATALOGUE, HEADINGS, WORKSHOP, Demand, round_of
from registration.models import AskedField, Declaration, Participant, Places, Rule, Terms
from registration.rules.case import IN_ALL

CHOSEN = [name for name in CATALOGUE if name not in ALWAYS]  # every event asks for names and role
NOT_ASKED = ("", pgettext_lazy("field", "not asked"))


class EventTermsForm(OptimisticLockForm):
    """The terms as a whole; the formsets hold their content."""

    class Meta:
        model = Terms
        fields = ()


def say_when_empty(form: forms.BaseForm, **words: str) -> None:
    """Replace the label of the empty choice, a row of dashes, by its meaning."""
    for name, word in words.items():
        if name in form.fields:
            field: Any = form.fields[name]
            field.choices = [("", word), *((value, label) for value, label in field.choices if value)]


class RuleForm(BilingualForm):
    """One rule that makes sense on its own."""

    class Meta:
        model = Rule
        exclude = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_body = pgettext("parliament", "any")
        say_when_empty(self, category=str(IN_ALL), status=any_body, chambers=any_body, population=any_body)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        try:
            rules.check_rule(self.instance)
        except ValidationError as error:
            self.add_error(None, error)


class RuleFormSet(forms.BaseInlineFormSet):
    """Rules that do not contradict each other, nor depend on fields that the form does not ask for."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        gone = self.deleted_forms
        filled = [
            form for form in self.forms if form not in gone and (form.instance.pk or form.has_changed())
        ]
        kept = [form.instance for form in filled]
        if found := rules.contradictions(self.instance, kept, AskedFormSet.names_in(self.data)):
            raise ValidationError(found)


class AskedFieldForm(forms.ModelForm):
    """One field of the catalogue: demand, round, and the last day of changes."""

    demand = forms.ChoiceField(choices=[NOT_ASKED, *Demand.choices], required=False)

    class Meta:
        model = AskedField
        fields = ("name", "demand", "round", "changes_until")
        widgets = {
            "name": forms.HiddenInput,
            "changes_until": forms.DateInput(
                format="%Y-%m-%d", attrs={"type": "date", "class": "vTextField"}
            ),
        }

    is_kept = False  # True for an unchanged row of the workshop preset when another row changes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = self.initial.get("name", "")
        self.label = capfirst(CATALOGUE[self.name].label) if self.name in CATALOGUE else ""
        for name in ("demand", "round", "changes_until"):
            column = self._meta.model._meta.get_field(name).verbose_name
            self.fields[name].widget.attrs["aria-label"] = f"{self.label}: {column}"

    def has_changed(self) -> bool:
        is_there = self.instance.pk or self["demand"].value()
        return bool(is_there) and (super().has_changed() or self.is_kept)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name not in CHOSEN:
            raise ValidationError(_("There is no such field."), code="unknown")
        return name


class AskedFormSet(forms.BaseInlineFormSet):
    """A row for every field of the catalogue. A field that is not asked for is not stored."""

    PREFIX = "asked_fields"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event = kwargs["instance"]
        asked = {row.name for row in event.asked_fields.all()} if event.pk else set()
        preset: Mapping[str, str] = {} if asked else WORKSHOP
        kwargs["initial"] = [
            {"name": name, "demand": preset.get(name, ""), "round": round_of(name)}
            for name in CHOSEN
            if name not in asked
        ]
        self.extra = len(kwargs["initial"])
        super().__init__(*args, **kwargs)

    @classmethod
    def names_in(cls, data: Mapping[str, Any]) -> set[str]:
        """The names of the fields that the form asks for after this page is saved."""
        total = str(data.get(f"{cls.PREFIX}-TOTAL_FORMS", ""))
        rows = range(int(total) if total.isdecimal() and len(total) < 4 else 0)
        return {
            str(data.get(f"{cls.PREFIX}-{row}-name"))
            for row in rows
            if data.get(f"{cls.PREFIX}-{row}-demand")
        }

    def sections(self) -> Iterator[tuple[Promise, list[AskedFieldForm]]]:
        """The rows by heading of the person's form, in the order of the catalogue."""
        by_name = {form.name: form for form in self._rows()}
        for section, heading in HEADINGS.items():
            found = [
                by_name[name] for name in CHOSEN if name in by_name and CATALOGUE[name].section == section
            ]
            if found:
                yield heading, found

    def full_clean(self) -> None:
        """If the event has no rows yet, one change stores all rows of the workshop preset."""
        is_changed = self.is_bound and any(form.has_changed() for form in self.forms)
        for form in self._rows():
            form.is_kept = is_changed and not form.instance.pk
        super().full_clean()

    def _rows(self) -> list[AskedFieldForm]:
        return cast(list[AskedFieldForm], self.forms)

    def _should_delete_form(self, form: forms.ModelForm) -> bool:
        return bool(form.instance.pk) and not form.cleaned_data.get("demand")


class DeclarationForm(BilingualForm):
    """A declaration. A change of the wording raises its version; earlier acceptances keep theirs."""

    class Meta:
        model = Declaration
        exclude = ()

    def save(self, commit: bool = True) -> Declaration:
        fields = translator.get_options_for_model(Declaration).all_fields
        wording = {f"{field}_{code}" for field in fields for code in LANGUAGE_CODES}
        if self.instance.pk and wording & set(self.changed_data):
            self.instance.version += 1
        declaration: Declaration = super().save(commit)
        return declaration


class PlacesFormSet(forms.BaseInlineFormSet):
    """Refuses fewer places than are taken."""

    def clean(self) -> None:
        super().clean()
        holding = Participant.objects.with_status(*Participant.HOLDS_PLACE)
        people = holding.filter(delegation__event=self.instance).only("role")
        taken = Counter(str(person.category) for person in people)
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            places, category = data.get("places"), data.get("category")
            if places is None or data.get(DELETION_FIELD_NAME):
                continue
            least = taken[category] if category else taken.total()
            if places < least:
                sentence = ngettext(
                    "%(count)s place is taken already: enter at least as many.",
                    "%(count)s places are taken already: enter at least as many.",
                    least,
                )
                form.add_error("places", sentence % {"count": least})


class PlacesForm(forms.ModelForm):
    """The number of places, in all or in one category."""

    class Meta:
        model = Places
        fields = ("category", "places")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_when_empty(self, category=str(IN_ALL))


class CategoryWindowForm(WindowForm):
    """A deadline for one category; the general deadlines are on the event's own page."""

    class Meta:
        model = Window
        fields = ("stage", "category")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].required = True
        self.fields["category"].help_text = ""


class CategoryWindowFormSet(WindowFormSet):
    """Each stage at most once per category."""

    def clean(self) -> None:
        forms.BaseInlineFormSet.clean(self)
