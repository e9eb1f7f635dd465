"""What no longer matches, as its page shows it: in groups in which the same has changed."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from documents.models import Delivery
from documents.staleness import Change, Stale


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one kind and language in which the same has changed."""

    title: str
    language: str
    changes: tuple[Change, ...]
    reason: str
    members: list[Stale]

    @property
    def sample(self) -> Stale:
        """The first of them, whose sentences show what has changed."""
        return self.members[0]


def grouped(found: list[Stale]) -> list[Group]:
    """The same in groups, each with one heading."""
    groups: dict[tuple[str, str, tuple[Change, ...], str], Group] = {}
    for one in found:
        document = one.document
        title = f"{document.get_kind_display()} · {document.get_language_display()}"
        key = (title, document.language, one.changes, one.reason)
        groups.setdefault(key, Group(*key, [])).members.append(one)
    return list(groups.values())


@dataclass(frozen=True)
class Overview:
    """All that no longer matches: how much of it, what has changed, and which of it was sent."""

    found: list[Stale]

    @property
    def groups(self) -> list[Group]:
        return grouped(self.found)

    @property
    def counts(self) -> list[tuple[Change, int]]:
        """In how many documents what has changed."""
        counted = Counter(change for one in self.found for change in one.changes)
        return [(change, counted[change]) for change in Change if counted[change]]

    @cached_property
    def sent(self) -> set[int]:
        """The numbers of those that somebody was sent."""
        keys = [one.document.pk for one in self.found]
        deliveries = Delivery.objects.released().filter(document__in=keys)
        return set(deliveries.values_list("document", flat=True))
