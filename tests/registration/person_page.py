"""The page of one person, used as by a browser."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from registration.fields import ASSEMBLY, asked_fields_for
from registration.forms.fields import DayField
from registration.models import AskedField, Delegation, Participant
from tests.registration.samples import draft


def assembly(people: int = 1, **fields: Any) -> Delegation:
    """A delegation whose event asks for every field of an Assembly."""
    delegation = draft(people=people, **fields)
    AskedField.objects.bulk_create(asked_fields_for(delegation.event, ASSEMBLY))
    return delegation


def address(person: Participant, of_round: str = "register") -> str:
    name = "person_travel" if of_round == "travel" else "person"
    return reverse(f"registration:{name}", args=[person.delegation_id, person.pk])


def adding(delegation: Delegation) -> str:
    return reverse("registration:person_add", args=[delegation.pk])


def sent(form: BaseForm, **typed: str) -> dict[str, str]:
    """All values of the form as the Save button sends them, with some replaced."""
    data = {"version": str(form.shown_version), "key": form.key, "action": "save"}
    for field in form:
        value = field.value()
        if isinstance(field.field, DayField):
            parts = field.field.widget.decompress(value) if not isinstance(value, list) else value
            data |= dict(zip(_parts(field.name), parts, strict=True))
        elif value is not False:
            data[field.html_name] = "" if value is None else str(value)
    return data | typed


def day(name: str, *parts: str) -> dict[str, str]:
    """A date as the three values of its widget."""
    return dict(zip(_parts(name), parts, strict=True))


def post(client: Client, path: str, **typed: str) -> Any:
    """Open the page, replace some values, and press Save or another button (`action`)."""
    return client.post(path, sent(client.get(path).context["form"], **typed))


def stored() -> list[Mapping[str, object]]:
    """Every person, column by column."""
    return list(Participant.objects.order_by("pk").values())


def _parts(name: str) -> list[str]:
    return [f"{name}_{part}" for part in ("day", "month", "year")]
