"""The data of the page about stale documents, grouped by what has changed."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from documents.models import Delivery
from documents.staleness import Change, Stale


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one kind and language with the same changes."""

    title: str
    language: str
    changes: tuple[Change, ...]
    reason: str
    members: list[Stale]

    @property
    def sample(self) -> Stale:
        """The first document. Its sentences show on the page what has changed."""
        return self.members[0]


def group_by_change(stale_documents: list[Stale]) -> list[Group]:
    """Return the stale documents in groups."""
    groups: dict[tuple[str, str, tuple[Change, ...], str], Group] = {}
    for stale in stale_documents:
        document = stale.document
        title = f"{document.get_kind_display()} · {document.get_language_display()}"
        key = (title, document.language, stale.changes, stale.reason)
        groups.setdefault(key, Group(*key, [])).members.append(stale)
    return list(groups.values())


@dataclass(frozen=True)
class StaleOverview:
    """All stale documents of an event: groups, counts of changes, and which of them were sent."""

    found: list[Stale]

    @property
    def groups(self) -> list[Group]:
        return group_by_change(self.found)

    @property
    def counts(self) -> list[tuple[Change, int]]:
        """The number of documents for each kind of change."""
        counted = Counter(change for one in self.found for change in one.changes)
        return [(change, counted[change]) for change in Change if counted[change]]

    @cached_property
    def sent(self) -> set[int]:
        """The keys of the documents that were sent to somebody."""
        keys = [one.document.pk for one in self.found]
        deliveries = Delivery.objects.released().filter(document__in=keys)
        return set(deliveries.values_list("document", flat=True))
