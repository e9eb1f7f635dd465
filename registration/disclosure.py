"""The data stored about one person, as a page and as a file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts import trail
from accounts.privacy import MASK, Finding, Privacy, Store, stores
from registration.fields import CATALOGUE
from registration.forms.person import shown_value

NOT_FOR_READING = {"html", "file"}  # a mail's HTML repeats its text; an upload's file is only a path


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored row: its kind, and its values as text, each with the last day on which it is kept."""

    title: str
    rows: list[tuple[str, str, date | None]]


def sections(found: Mapping[str, list[Finding]]) -> list[tuple[Store, list[Entry]]]:
    """The stores that hold data, with their entries; sensitive values are masked."""
    return [(stores[key], [_entry(stores[key], one) for one in held]) for key, held in found.items() if held]


def as_json(found: Mapping[str, list[Finding]]) -> bytes:
    """All the data as JSON, including sensitive values: for the person concerned.

    UTF-8; dates and times in ISO 8601.
    """
    data = {
        "made": timezone.now(),
        "stores": [_for_file(stores[key], held) for key, held in found.items() if held],
    }
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def _for_file(store: Store, held: list[Finding]) -> dict[str, Any]:
    return {
        "name": str(store.name),
        "purpose": str(store.purpose),
        "kept": str(store.kept),
        "holds": [{"kind": one.kind, "values": one.values, "kept_until": one.until} for one in held],
    }


def _entry(store: Store, finding: Finding) -> Entry:
    model = _model(finding.kind)
    title = capfirst(str(model._meta.verbose_name)) if model else finding.kind
    return Entry(title, list(_rows(store, finding, model)))


def _rows(
    store: Store, finding: Finding, model: type[models.Model] | None
) -> Iterator[tuple[str, str, date | None]]:
    for name, value in finding.values.items():
        if name in NOT_FOR_READING:
            continue
        is_hidden = store.fields.get(f"{finding.kind}.{name}") == Privacy.SENSITIVE
        field = _field(model, name)
        words = MASK if is_hidden else _words(finding.kind, name, value, field)
        yield capfirst(trail.field_label(model, name)), words, finding.until.get(name)


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except LookupError:
        return None


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _words(kind: str, name: str, value: Any, field: Any) -> str:
    if kind == "registration.participant" and name in CATALOGUE and name != "accompanies":
        return shown_value(name, value)
    if kind == "accounts.auditentry" and name == "verb":
        return trail.verb_description(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if field is not None and field.related_model and isinstance(value, int):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value, value) if isinstance(value, str) else value)
