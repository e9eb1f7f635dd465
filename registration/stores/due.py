"""Empty fields a number of days after the last day of the event, in the event's time zone."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from events.models import Event

BATCH = 1000  # rows of one update, so that no row stays locked for long


def ended_event_keys(at: datetime, days: int) -> list[int]:
    """Keys of the events whose last day was more than this many days ago, in the time zone of each event."""
    nearly = Event.objects.order_by().filter(last_day__lt=at.date() + timedelta(days=2 - days))
    return [
        event.pk
        for event in nearly.only("last_day", "zone")
        if at.astimezone(event.tz).date() > event.last_day + timedelta(days=days)
    ]


def kept_until(last_day: date, keep: Mapping[str, int | None], held: Mapping[str, Any]) -> dict[str, date]:
    """The last day on which each stored value is kept; values without a limit are left out."""
    # False, the empty value of a box, is never deleted.
    kept = ((name, keep.get(name)) for name, value in held.items() if value is not False)
    return {name: last_day + timedelta(days=days) for name, days in kept if days is not None}


def empty_due(
    rows: "models.QuerySet[Any]", keep: Mapping[str, int | None], at: datetime, event: str, **also: Any
) -> int:
    """Empty every field that is due; returns the number of rows updated (once per keeping period).

    `keep` maps each field to its number of days, `event` is the lookup path to the event, and `also` holds
    values that are written together with the empty ones.
    """
    emptied = 0
    for days, names in _by_days(keep):
        blank = empty_values(rows.model, names)
        due = rows.filter(**{f"{event}__in": ended_event_keys(at, days)}).exclude(all_empty(blank))
        for keys in batches(due):
            emptied += rows.filter(pk__in=keys).update(**blank, **also)
    return emptied


def delete_due(rows: "models.QuerySet[Any]") -> int:
    """Delete the rows with everything that depends on them, files included; returns the number of rows."""
    deleted = 0
    for keys in batches(rows):
        deleted += len(keys)
        rows.model._base_manager.filter(pk__in=keys).delete()
    return deleted


def batches(rows: "models.QuerySet[Any]") -> Iterator[list[int]]:
    """Keys of the rows, batch by batch.

    The caller must make the rows leave the query, or the loop never ends.
    """
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield keys


def empty_values(model: type[models.Model], names: list[str]) -> dict[str, Any]:
    """The empty value (the default) of each of these fields."""
    fields = ((name, model._meta.get_field(name)) for name in names)
    return {name: field.get_default() for name, field in fields if isinstance(field, models.Field)}


def all_empty(blank: Mapping[str, Any]) -> Q:
    """A filter for rows in which all these fields are empty."""
    nulls = {f"{name}__isnull": True for name, value in blank.items() if value is None}
    return Q(**nulls, **{name: value for name, value in blank.items() if value is not None})


def _by_days(keep: Mapping[str, int | None]) -> Iterator[tuple[int, list[str]]]:
    for days in sorted({days for days in keep.values() if days is not None}):
        yield days, [name for name, kept in keep.items() if kept == days]
