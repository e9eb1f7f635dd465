"""The registry of all stores of personal data, used by purge, erasure and disclosure; and the levels of privacy."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

MASK = "••••"  # shown instead of a sensitive value until a user opens it


class Privacy(StrEnum):
    """How private a value is. The audit trail records PUBLIC and INTERNAL values; otherwise only the field's name."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"  # masked until a user opens it, which the trail records


@dataclass(frozen=True, slots=True)
class Subject:
    """The person whose data are searched: by e-mail address, and by the keys of registered participants.

    `names` are the participants' names, to find texts about them; `events` are the events of their registrations.
    """

    email: str = ""
    people: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    events: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One row about a person: its model and key, its values by field, and by field the last day it is kept."""

    kind: str
    key: int
    values: dict[str, Any]
    until: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Store:
    """A store of personal data, and the operations on it.

    `fields` gives the privacy of each field, by `app.model.field`. `purge(at)` deletes the data whose retention period
    has ended and returns the number of deleted items. `find(subject)` returns the data about a person. `erase(subject)`
    removes it without changing counts or the data of other people, and returns the number of items changed.
    All three can be repeated safely.
    """

    name: Promise
    purpose: Promise
    kept: Promise
    fields: Mapping[str, Privacy]
    find: Callable[[Subject], list[Finding]]
    erase: Callable[[Subject], int] = lambda subject: 0
    purge: Callable[[datetime], int] = lambda at: 0


stores: dict[str, Store] = {}  # by key; each app registers its own in AppConfig.ready
impersonal: dict[str, str] = {}  # by model: the fields without personal data, or `*` for all fields


def privacy_levels(level: Privacy, model: str, names: str) -> dict[str, Privacy]:
    """Return the fields of one model for `Store.fields`. `names` are separated by spaces."""
    return {f"{model}.{name}": level for name in names.split()}


def findings(rows: Iterable[models.Model], fields: Mapping[str, Privacy]) -> list[Finding]:
    """Return a finding for each row, with the non-empty values of the store's fields."""
    return [Finding(row._meta.label_lower, row.pk, values(row, fields)) for row in rows]


def values(row: models.Model, fields: Mapping[str, Privacy]) -> dict[str, Any]:
    """Return the non-empty values of the store's fields in one row."""
    own = (one for one in row._meta.concrete_fields if f"{row._meta.label_lower}.{one.name}" in fields)
    held = {one.name: one.value_from_object(row) for one in own}
    return {name: _plain(value) for name, value in held.items() if value not in (None, "", {}, [])}


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, FieldFile) else value
