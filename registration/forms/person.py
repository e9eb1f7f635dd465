"""The form for one person in one round: the fields that the event asks for in their role."""

from collections.abc import Mapping
from datetime import date, time
from functools import cache
from typing import Any, NamedTuple, Self
from uuid import UUID, uuid4

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy import MASK
from accounts.requests import parse_number
from events import dates
from registration import countries, rules, services
from registration.fields import CATALOGUE, HEADINGS, SENSITIVE, Asked, Section
from registration.forms.fields import (
    CountryField,
    DayField,
    HourField,
    NameField,
    PhoneField,
    TidyField,
    TidyLinesField,
)
from registration.models import AskedField, Delegation, Participant

Role = Participant.Role
FIRST_ROLES: dict[str, str] = {
    Delegation.Group.PANELLISTS: Role.SPEAKER,
    Delegation.Group.SECRETARIAT: Role.STAFF,
    Delegation.Group.HOST: Role.STAFF,
    Delegation.Group.PRESS: Role.PRESS,
}
BY_NAME: dict[str, type[forms.Field]] = {
    "given_names": NameField,
    "family_names": NameField,
    "badge_name": NameField,
    "phone": PhoneField,
    "nationality": CountryField,
    "passport_country": CountryField,
}
BY_COLUMN: dict[type[models.Field], type[forms.Field]] = {
    models.CharField: TidyField,
    models.TextField: TidyLinesField,
    models.DateField: DayField,
    models.TimeField: HourField,
}
HINTS: dict[str, Promise] = {
    "given_names": gettext_lazy("As in the passport."),
    "family_names": gettext_lazy(
        "All of them, as in the passport. Somebody with one name leaves one line empty."
    ),
    "badge_name": gettext_lazy("If it differs."),
    "function": gettext_lazy("As it is to stand on the badge."),
    "email": gettext_lazy("One address may serve several people."),
    "phone": gettext_lazy("With the code of the country, for example +41 22 555 01 23."),
    "emergency_contact": gettext_lazy("Name and telephone of somebody to call."),
    "birth_date": gettext_lazy("For example 27 3 1971."),
    "arrival_at": gettext_lazy("Local time, for example 17:45."),
    "departure_at": gettext_lazy("Local time, for example 17:45."),
    "spoken_languages": gettext_lazy("Those in which the person can work."),
}
EXCHANGE = {  # a new role has other fields: htmx reloads them at once, without script saving does
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"action": "role"}',
    "hx-target": "#fields",
    "hx-select": "#fields",
    "hx-swap": "outerHTML",
}
NAMES = ("given_names", "family_names", "badge_name")


class WhyForm(forms.Form):
    """The reason for a request or a removal."""

    why = TidyLinesField(
        label=pgettext_lazy("request", "Why"),
        help_text=gettext_lazy("The secretariat bases its decision on it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def text(self) -> str:
        """The reason; empty if the form is not valid."""
        return self.cleaned_data.get("why", "") if self.is_valid() else ""


class Conflict(NamedTuple):
    """A field that another user saved in the meantime, with both values as text."""

    label: str
    stored: str
    typed: str


class PersonForm(forms.Form):
    """The fields of the chosen role; in a draft, all except the name may be empty.

    The form keeps the typed text when the service refuses it. `conflicts` lists values that another user
    saved in the meantime.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        delegation: Delegation,
        person: Participant,
        asked: Asked,
        of_round: str = AskedField.Round.WHO,
        role: str = "",
    ) -> None:
        super().__init__(data, initial=stored_values(person))
        self.delegation, self.person, self.asked = delegation, person, asked
        self.conflicts: list[Conflict] = []
        self.is_merged = False
        self.shown_version = (
            parse_number(self.data.get("version", "")) if data is not None else person.version
        )
        self.role = role or self._typed_role(of_round)
        for row in asked.of_person(self.role, of_round):
            self.fields[row.name] = self._field(row)

    def set_focus(self, name: str) -> None:
        """Set the focus to this field when the page opens."""
        self.fields[name].widget.attrs["autofocus"] = True

    @classmethod
    def for_new_role(cls, data: QueryDict, **arguments: Any) -> Self:
        """A form with the typed values, unchecked, and the fields of the chosen role."""
        typed = cls(data, **arguments)
        form = cls(**(arguments | {"role": typed.role}))
        for name, field in form.fields.items():
            if not field.widget.value_omitted_from_data(data, {}, name):
                form.initial[name] = field.widget.value_from_datadict(data, {}, name)
        form.shown_version, form.data = typed.shown_version, data
        return form

    @property
    def sections(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Each section with its heading and fields, in the order of the catalogue."""
        parts: dict[str, list[forms.BoundField]] = {}
        for field in self:
            parts.setdefault(CATALOGUE[field.name].section, []).append(field)
        return [(section, str(HEADINGS[section]), fields) for section, fields in parts.items()]

    @property
    def key(self) -> str:
        """The key of this page for a new person: it stays the same however often the page is sent."""
        typed = self.data.get("key", "")
        try:
            return str(UUID(str(typed)))
        except ValueError:
            return str(uuid4())

    @property
    def typed(self) -> dict[str, Any]:
        """The valid values that were sent; fields that the page did not show are left out."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if not self.fields[name].widget.value_omitted_from_data(self.data, self.files, name)
        }

    @property
    def asks_more(self) -> bool:
        """True if the chosen role has fields that the page did not show."""
        return len(self.typed) < len(self.fields)

    @property
    def has_name(self) -> bool:
        """True if the valid values can be saved: a new person needs a name."""
        names = ("given_names", "family_names")
        return names[0] not in self.fields or any(self.cleaned_data.get(name) for name in names)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            "given_names" in data
            and "family_names" in data
            and not (data["given_names"] or data["family_names"])
        ):
            self.add_error("given_names", str(services.Nameless.sentence))
        today = timezone.now().date()
        for name in ("birth_date", "passport_issued_on"):
            if (day := data.get(name)) and day > today:
                self.add_error(name, _("This day is in the future."))
        self._in_order(
            "passport_issued_on", "passport_expires_on", _("The passport expires before it was issued.")
        )
        self._in_order("arrival_on", "departure_on", _("The departure is before the arrival."))
        return data

    def save(self, *, actor: User, language: str) -> Participant | None:
        """Save the valid values; None if the service refuses them, with the reason in the errors of the form.

        Raises PersonChanged, PersonGone, EditingClosed.
        """
        try:
            return services.save_person(
                delegation=self.delegation,
                person=self.person if self.person.pk else None,
                fields=self.typed,
                version=self.shown_version if self.person.pk else None,
                language=language,
                actor=actor,
                key=None if self.person.pk else UUID(self.key),
            )
        except rules.TwoHeads as refusal:
            self.add_error("role", str(refusal))
        except rules.UnknownPerson as refusal:
            self.add_error("accompanies" if "accompanies" in self.fields else None, str(refusal))
        except (services.Nameless, rules.TooManyPeople) as refusal:
            self.add_error(None, str(refusal))
        return None

    def show_conflict(self, conflict: services.PersonChanged) -> None:
        """Show the saved values beside the typed ones; saving again keeps the typed ones."""
        self.shown_version, self.is_merged = conflict.participant.version, True
        typed = self.typed
        self.conflicts = [
            Conflict(
                str(self.fields[name].label),
                shown_value(name, getattr(conflict.participant, name)),
                shown_value(name, typed[name]),
            )
            for name in conflict.names
            if name in typed
        ]

    def mask(self) -> None:
        """Mask the sensitive values on a read-only page."""
        for name in SENSITIVE:
            if name in self.fields and getattr(self.person, name) not in (None, ""):
                self.fields[name] = forms.CharField(label=self.fields[name].label, disabled=True)
                self.initial[name] = MASK

    def proposal(self) -> dict[str, Any]:
        """The values that differ from the stored ones, as the content of a request."""
        return {name: value for name, value in self.typed.items() if getattr(self.person, name) != value}

    def _typed_role(self, of_round: str) -> str:
        typed = self.data.get("role", "")
        return typed if of_round == AskedField.Round.WHO and typed in Role.values else self.person.role

    def _field(self, row: AskedField) -> forms.Field:
        """The form field for a row; it may stay empty in a draft.

        A field required for submission is marked as needed.
        """
        field = self._company() if row.name == "accompanies" else _made(row.name)
        field.needed = row.demand == AskedField.Demand.REQUIRED  # type: ignore[attr-defined]
        field.help_text = str(HINTS.get(row.name, field.help_text))
        field.widget.attrs["autocomplete"] = "off"  # the data is about other people, not the user
        if row.name == "role":
            field.widget.attrs |= EXCHANGE
        if row.name in NAMES:
            field.widget.attrs["spellcheck"] = "false"
        return field

    def _company(self) -> forms.Field:
        people = {
            str(person.pk): person
            for person in self.delegation.participants.all()
            if person.is_present and person.role != Role.ACCOMPANYING and person.pk != self.person.pk
        }
        return forms.TypedChoiceField(
            label=_("Accompanies"),
            choices=[("", ""), *((pk, str(person)) for pk, person in people.items())],
            coerce=people.get,
            empty_value=None,
            required=False,
        )

    def _in_order(self, first: str, last: str, sentence: str) -> None:
        one, other = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if one and other and other < one:
            self.add_error(last, sentence)


def _made(name: str) -> forms.Field:
    """The form field for a column of the person."""
    column: Any = Participant._meta.get_field(name)
    if column.choices or type(column) in (models.BooleanField, models.EmailField):
        made = column.formfield()
    else:
        made = column.formfield(form_class=BY_NAME.get(name) or BY_COLUMN[type(column)])
    field: forms.Field = made
    return field


def stored_values(person: Participant) -> dict[str, Any]:
    """The stored values, as the form shows them."""
    apart = (Section.FILES, Section.DELEGATION)
    names = [name for name, field in CATALOGUE.items() if field.section not in apart]
    return {name: person.accompanies_id if name == "accompanies" else getattr(person, name) for name in names}


def first_role(delegation: Delegation) -> str:
    """The role that is selected on the page for a new person."""
    if delegation.group:
        return FIRST_ROLES[delegation.group]
    present = [person for person in delegation.participants.all() if person.is_present]
    return Role.DELEGATE if any(person.role == Role.HEAD for person in present) else Role.HEAD


def shown_value(name: str, value: Any) -> str:
    """A value of a field as text for the reader; a dash if it is empty."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return "–"
    language = get_language() or "en"
    if name in ("nationality", "passport_country"):
        return countries.names(language).get(value, value)
    if isinstance(value, date):
        return dates.long_date(value, language)
    if isinstance(value, time):
        return dates.hours(value)
    return str(_labels(name).get(value, value))


@cache
def _labels(name: str) -> dict[Any, Any]:
    """The choices of a column with their labels, which are translated when they are read."""
    return dict(CATALOGUE[name].column.flatchoices)
