"""One person of a delegation, in the round of who comes or in that of travel: what the event asks of their role."""

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
from accounts.requests import number
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
EXCHANGE = {  # another role is asked other things: with script at once, without it by saving
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"action": "role"}',
    "hx-target": "#fields",
    "hx-select": "#fields",
    "hx-swap": "outerHTML",
}
NAMES = ("given_names", "family_names", "badge_name")


class WhyForm(forms.Form):
    """The reason that goes with a request, or with a removal."""

    why = TidyLinesField(
        label=pgettext_lazy("request", "Why"),
        help_text=gettext_lazy("The secretariat bases its decision on it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def text(self) -> str:
        """What was written; empty when it was refused."""
        return self.cleaned_data.get("why", "") if self.is_valid() else ""


class Conflict(NamedTuple):
    """A field that somebody else saved meanwhile, with both values in words."""

    label: str
    stored: str
    typed: str


class PersonForm(forms.Form):
    """The fields that the event asks of the role that was chosen; a draft may leave all but a name empty.

    Typed text survives every refusal. `conflicts` says where somebody else saved another value meanwhile.
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
        self.shown_version = number(self.data.get("version", "")) if data is not None else person.version
        self.role = role or self._typed_role(of_round)
        for row in asked.of_person(self.role, of_round):
            self.fields[row.name] = self._field(row)

    def begin_with(self, name: str) -> None:
        """Let the page open with the focus in that field."""
        self.fields[name].widget.attrs["autofocus"] = True

    @classmethod
    def rearranged(cls, data: QueryDict, **world: Any) -> Self:
        """As it was typed, unchecked, with what is asked of the role that was chosen."""
        typed = cls(data, **world)
        form = cls(**(world | {"role": typed.role}))
        for name, field in form.fields.items():
            if not field.widget.value_omitted_from_data(data, {}, name):
                form.initial[name] = field.widget.value_from_datadict(data, {}, name)
        form.shown_version, form.data = typed.shown_version, data
        return form

    @property
    def sections(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Each part, its heading and its fields, in the order of the catalogue."""
        parts: dict[str, list[forms.BoundField]] = {}
        for field in self:
            parts.setdefault(CATALOGUE[field.name].section, []).append(field)
        return [(section, str(HEADINGS[section]), fields) for section, fields in parts.items()]

    @property
    def key(self) -> str:
        """What tells this page of somebody new from every other, whenever it is sent."""
        typed = self.data.get("key", "")
        try:
            return str(UUID(str(typed)))
        except ValueError:
            return str(uuid4())

    @property
    def typed(self) -> dict[str, Any]:
        """What was sent and is right; fields that the page did not show stay as they are."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if not self.fields[name].widget.value_omitted_from_data(self.data, self.files, name)
        }

    @property
    def asks_more(self) -> bool:
        """Whether the role that was chosen is asked what the page did not show."""
        return len(self.typed) < len(self.fields)

    @property
    def has_name(self) -> bool:
        """Whether what is right so far can be kept: somebody new needs a name."""
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
        """Keep what was typed and is right; None when it was refused, which the errors of the form then say.

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
        """Put what was saved meanwhile beside what was typed; saving again keeps what was typed."""
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
        """Hide what is sensitive on a page that is only read."""
        for name in SENSITIVE:
            if name in self.fields and getattr(self.person, name) not in (None, ""):
                self.fields[name] = forms.CharField(label=self.fields[name].label, disabled=True)
                self.initial[name] = MASK

    def proposal(self) -> dict[str, Any]:
        """What differs from what is stored: the content of a request."""
        return {name: value for name, value in self.typed.items() if getattr(self.person, name) != value}

    def _typed_role(self, of_round: str) -> str:
        typed = self.data.get("role", "")
        return typed if of_round == AskedField.Round.WHO and typed in Role.values else self.person.role

    def _field(self, row: AskedField) -> forms.Field:
        """The form's field for one that is asked; what must be filled before submitting is not called optional."""
        field = self._company() if row.name == "accompanies" else _made(row.name)
        field.needed = row.demand == AskedField.Demand.REQUIRED  # type: ignore[attr-defined]
        field.help_text = str(HINTS.get(row.name, field.help_text))
        field.widget.attrs["autocomplete"] = "off"  # other people's data
        if row.name == "role":
            field.widget.attrs |= EXCHANGE
        if row.name in NAMES:
            field.widget.attrs["spellcheck"] = "false"
        return field

    def _company(self) -> forms.Field:
        people = {
            str(one.pk): one
            for one in self.delegation.participants.all()
            if one.is_present and one.role != Role.ACCOMPANYING and one.pk != self.person.pk
        }
        return forms.TypedChoiceField(
            label=_("Accompanies"),
            choices=[("", ""), *((pk, str(one)) for pk, one in people.items())],
            coerce=people.get,
            empty_value=None,
            required=False,
        )

    def _in_order(self, first: str, last: str, sentence: str) -> None:
        one, other = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if one and other and other < one:
            self.add_error(last, sentence)


def _made(name: str) -> forms.Field:
    """The form's field for a column of the person."""
    column: Any = Participant._meta.get_field(name)
    if column.choices or type(column) in (models.BooleanField, models.EmailField):
        made = column.formfield()
    else:
        made = column.formfield(form_class=BY_NAME.get(name) or BY_COLUMN[type(column)])
    field: forms.Field = made
    return field


def stored_values(person: Participant) -> dict[str, Any]:
    """What is stored, as the form shows it."""
    apart = (Section.FILES, Section.DELEGATION)
    names = [name for name, field in CATALOGUE.items() if field.section not in apart]
    return {name: person.accompanies_id if name == "accompanies" else getattr(person, name) for name in names}


def first_role(delegation: Delegation) -> str:
    """The role that a page for somebody new begins with."""
    if delegation.group:
        return FIRST_ROLES[delegation.group]
    present = [person for person in delegation.participants.all() if person.is_present]
    return Role.DELEGATE if any(person.role == Role.HEAD for person in present) else Role.HEAD


def shown_value(name: str, value: Any) -> str:
    """A value of a field in the reader's words; a dash for none."""
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
    """The choices of a column and what they are called, in whatever language is active when it is read."""
    return dict(CATALOGUE[name].column.flatchoices)
