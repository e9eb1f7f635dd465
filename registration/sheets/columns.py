"""The columns of the offline form: the fields of people that the event asks for, without files."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.language import LANGUAGE_CODES
from registration import countries
from registration.fields import CATALOGUE, Asked, Section
from registration.forms.person import HINTS
from registration.models import AskedField, Participant

FIRST = ("given_names", "family_names")  # next to the number, in the frozen columns
COUNTRIES = ("nationality", "passport_country")
KEY, NUMBER = "key", "number"


class Kind(StrEnum):
    """How the cells of a column are filled in."""

    TEXT = "text"
    LIST = "list"
    DAY = "day"
    HOUR = "hour"
    COMPANY = "company"  # the number of another row


INSTRUCTIONS: dict[Kind, Promise] = {
    Kind.LIST: gettext_lazy("Choose from the list."),
    Kind.DAY: gettext_lazy("A date, for example 27 March 1971 or 1971-03-27."),
    Kind.COMPANY: gettext_lazy("Of accompanying persons only: the number of the person whom they accompany."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the catalogue as a column."""

    name: str
    kind: Kind
    is_needed: bool

    @property
    def label(self) -> str:
        """The heading, in the active language."""
        return capfirst(CATALOGUE[self.name].label)

    @property
    def hint(self) -> str:
        """Whether the field is needed, and how to fill it in."""
        if self.kind == Kind.COMPANY:
            return str(INSTRUCTIONS[self.kind])
        own = INSTRUCTIONS.get(self.kind) or HINTS.get(self.name) or _field(self.name).help_text
        return " ".join(filter(None, (_("Needed.") if self.is_needed else _("Optional."), str(own))))

    def choices(self, language: str) -> dict[str, str]:
        """The choices of the list with their codes; empty for a column of free text."""
        if self.kind != Kind.LIST:
            return {}
        if self.name in COUNTRIES:
            return {word: code for code, word in countries.names(language).items()}
        with translation.override(language):
            if isinstance(_field(self.name), models.BooleanField):
                return {_("yes"): "true", _("no"): ""}
            choices = _field(self.name).flatchoices
            return {str(word): code for code, word in choices if code}

    def code_for(self, typed: str, language: str) -> str | None:
        """The code of a typed word, in this language or the other; None if it is unknown.

        The user may also type the code itself.
        """
        wanted = " ".join(typed.split()).casefold()
        for spoken in (language, *LANGUAGE_CODES):
            words = self.choices(spoken)
            for word, code in words.items():
                if word.casefold() == wanted:
                    return code
        codes = self.choices(language).values()
        return next((code for code in codes if code and code.casefold() == wanted), None)


def columns_of(asked: Asked) -> list[Column]:
    """The columns for all fields of people in both rounds: names first, then the order of the catalogue."""
    apart = (Section.FILES, Section.DELEGATION)
    rows = [row for row in asked.rows.values() if CATALOGUE[row.name].section not in apart]
    columns = [Column(row.name, _kind(row.name), row.demand == AskedField.Demand.REQUIRED) for row in rows]
    return sorted(columns, key=lambda column: column.name not in FIRST)


def _kind(name: str) -> Kind:
    field = _field(name)
    if name == "accompanies":
        return Kind.COMPANY
    if name in COUNTRIES or field.choices or isinstance(field, models.BooleanField):
        return Kind.LIST
    if isinstance(field, models.DateField):
        return Kind.DAY
    return Kind.HOUR if isinstance(field, models.TimeField) else Kind.TEXT


def _field(name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", Participant._meta.get_field(name))
