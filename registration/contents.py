"""The data entered about a delegation, field by field, in the order of the catalogue."""

from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _

from registration.fields import CATALOGUE, SENSITIVE, Asked, Field
from registration.forms.person import shown_value
from registration.models import Delegation, Participant

FieldValue = tuple[Field, object]


def delegation_values(delegation: Delegation, asked: Asked) -> list[FieldValue]:
    """The fields of the delegation as a whole, with their values."""
    return [(CATALOGUE[row.name], getattr(delegation, row.name)) for row in asked.of_delegation()]


def person_values(person: Participant, asked: Asked) -> list[FieldValue]:
    """The fields of this person's role, without files, with their values."""
    return [(CATALOGUE[row.name], getattr(person, row.name)) for row in asked.of_person(person.role)]


def without_sensitive(entered: Iterable[FieldValue]) -> list[FieldValue]:
    """The fields that may be printed: without passport, birth date, diet and the like."""
    return [(field, value) for field, value in entered if not _is_sensitive(field)]


def sensitive_fields(asked: Asked) -> list[Field]:
    """The fields that the event asks for and `without_sensitive` leaves out; files are in neither."""
    return [CATALOGUE[row.name] for row in asked.rows.values() if _is_sensitive(CATALOGUE[row.name])]


def value_text(field: Field, value: object) -> str:
    """A value as text for the reader; empty if there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return shown_value(field.name, value)


def _is_sensitive(field: Field) -> bool:
    return field.name in SENSITIVE


def file_name(word: str, delegation: Delegation, extension: str) -> str:
    """“delegation-UY-open-workshop.pdf”."""
    whose = delegation.organisation.code if delegation.organisation else delegation.group
    return f"{slugify(word)}-{whose}-{delegation.event.slug}.{extension}"
