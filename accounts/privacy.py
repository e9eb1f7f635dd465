"""How private data is, and every place that holds it: one registry that purge, erasure and disclosure walk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise


class Privacy(StrEnum):
    """Who may see a value, and what the audit trail keeps of it: values up to INTERNAL, above it only the name."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"  # masked until it is opened, each opening in the trail


@dataclass(frozen=True, slots=True)
class Store:
    """One place that holds data of people: rows, files, snapshots, mails.

    `purge(at)` deletes what is due at the moment and returns how many things that were. `find(email)` returns
    what the place holds about the person with that address, as plain values; `erase(email)` removes it, leaves
    counts and other people intact, and returns how many things it touched. All three may be run again.
    """

    name: Promise
    purge: Callable[[datetime], int]
    find: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str], int]


stores: dict[str, Store] = {}  # by key; each app adds its own when it is ready
