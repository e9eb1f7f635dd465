"""The figures of delegations: one row per delegation, and totals per event."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.db.models import Count, Prefetch, TextChoices

from events.models import Event
from registration import rules
from registration.models import ChangeRequest, Delegation, Participant, Places
from registration.models.delegation import DelegationQuerySet

Person = Participant.Status
Gender = Participant.Gender


class Standing:
    """The figures of one delegation, computed from the rows of `with_standing` without further queries."""

    def __init__(self, delegation: Any) -> None:
        self.delegation = delegation
        self.people = [person for person in delegation.participants.all() if person.is_present]

    @cached_property
    def by_status(self) -> Counter[str]:
        return Counter(person.status for person in self.people)

    @cached_property
    def figures(self) -> rules.Figures:
        return rules.figures(self.people)

    @cached_property
    def warnings(self) -> int:
        """The number of verdicts that need attention; none for an ended delegation."""
        if self.delegation.has_ended or not self.people:
            return 0
        verdicts = rules.judge(self.delegation, self.people)
        return sum(verdict.severity != rules.Severity.INFO for verdict in verdicts)

    @property
    def requests(self) -> int:
        """The number of pending requests."""
        return len(self.delegation.requests_pending)


def with_standing(delegations: DelegationQuerySet) -> DelegationQuerySet:
    """With all rows that `Standing` needs, in a fixed number of queries per page."""
    pending = Prefetch("requests", ChangeRequest.objects.pending(), to_attr="requests_pending")
    return delegations.with_terms().select_related("event", "organisation").prefetch_related(pending)


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of all delegations of one event."""

    event: Event
    delegations: Counter[str]
    people: Counter[str]
    genders: Counter[str]
    requests: int
    waiting_since: datetime | None
    places: list[Places]

    @classmethod
    def of(cls, event: Event) -> Self:
        """The figures of this event, counted by the database."""
        people: Counter[str] = Counter()
        genders: Counter[str] = Counter()
        present = Participant.objects.present().filter(delegation__event=event).order_by()
        for status, gender, role, number in present.values_list("status", "gender", "role").annotate(
            Count("pk")
        ):
            people[status] += number
            genders[gender] += number if role != Participant.Role.ACCOMPANYING else 0
        states = event.delegations.order_by().values_list("status").annotate(Count("pk"))
        return cls(
            event,
            Counter(dict(states)),
            people,
            genders,
            ChangeRequest.objects.pending().filter(delegation__event=event).count(),
            event.delegations.waiting().values_list("submitted_at", flat=True).first(),
            list(event.places.all()),
        )

    @property
    def states(self) -> list[tuple[str, int]]:
        """The number of delegations by status label, without empty statuses."""
        return [
            (str(status.label), self.delegations[status])
            for status in Delegation.Status
            if self.delegations[status]
        ]

    @property
    def statuses(self) -> list[tuple[str, int]]:
        """The number of people by status label, without empty statuses."""
        return labelled_counts(Person, self.people)

    @property
    def women(self) -> int:
        return self.genders[Gender.WOMAN]

    @property
    def men(self) -> int:
        return self.genders[Gender.MAN]


def labelled_counts(statuses: type[TextChoices], counts: Counter[str]) -> list[tuple[str, int]]:
    return [(str(status.label), counts[status]) for status in statuses if counts[status]]
