"""How private data is, and every place that holds it: one registry that purge, erasure and disclosure walk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

MASK = "••••"  # a sensitive value that has not been opened


class Privacy(StrEnum):
    """Who may see a value, and what the audit trail keeps of it: values up to INTERNAL, above it only the name."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"  # masked until it is opened, each opening in the trail


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data are meant: all that goes by the address, and these registered people, by key.

    `names` are those people's, by which texts about them are recognised, and `events` where they are registered.
    """

    email: str = ""
    people: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    events: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a person: its model and key, the values by field, and the last day of each that falls due."""

    kind: str
    key: int
    values: dict[str, Any]
    until: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Store:
    """One place that holds data of people, and what may be done there.

    `fields` says how private each is, by `app.model.field`. `purge(at)` deletes what is due at the moment and
    returns how many things that were. `find(subject)` returns what the place holds about the person;
    `erase(subject)` removes it, leaves counts and other people intact, and returns how many things it touched.
    All three may be run again.
    """

    name: Promise
    purpose: Promise
    kept: Promise
    fields: Mapping[str, Privacy]
    find: Callable[[Subject], list[Finding]]
    erase: Callable[[Subject], int] = lambda subject: 0
    purge: Callable[[datetime], int] = lambda at: 0


stores: dict[str, Store] = {}  # by key; each app adds its own when it is ready
impersonal: dict[str, str] = {}  # by model, the fields that say nothing about anybody, or `*` for all of them


def classified(level: Privacy, model: str, names: str) -> dict[str, Privacy]:
    """These fields of one model, named with spaces between them, as a store lists them."""
    return {f"{model}.{name}": level for name in names.split()}


def findings(rows: Iterable[models.Model], fields: Mapping[str, Privacy]) -> list[Finding]:
    """What the rows hold in the fields of a store; empty values are left out."""
    return [Finding(row._meta.label_lower, row.pk, values(row, fields)) for row in rows]


def values(row: models.Model, fields: Mapping[str, Privacy]) -> dict[str, Any]:
    """What one row holds in the fields of a store."""
    own = (one for one in row._meta.concrete_fields if f"{row._meta.label_lower}.{one.name}" in fields)
    held = {one.name: one.value_from_object(row) for one in own}
    return {name: _plain(value) for name, value in held.items() if value not in (None, "", {}, [])}


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, FieldFile) else value
