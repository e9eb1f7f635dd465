"""What was entered about a delegation, field by field, in the order of the catalogue."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.privacy import Privacy
from registration.fields import CATALOGUE, Asked, Field, Section
from registration.forms.person import shown_value
from registration.models import Delegation, Participant

Entered = tuple[Field, object]


def of_delegation(delegation: Delegation, asked: Asked) -> list[Entered]:
    """What is asked of the delegation as a whole, with what was entered."""
    return [(CATALOGUE[row.name], getattr(delegation, row.name)) for row in asked.of_delegation()]


def of_person(person: Participant, asked: Asked) -> list[Entered]:
    """What is asked of that person's role, files apart, with what was entered."""
    return [(CATALOGUE[row.name], getattr(person, row.name)) for row in asked.of_person(person.role)]


def without_sensitive(entered: Iterable[Entered]) -> list[Entered]:
    """What may stand on paper: passport, birth date, diet and the like stay out."""
    return [(field, value) for field, value in entered if field.privacy != Privacy.SENSITIVE]


def words(field: Field, value: object) -> str:
    """A value in the reader's words; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if field.section == Section.DELEGATION else shown_value(field.name, value)
