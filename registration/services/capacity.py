"""The places of an event: give them to people, keep a waiting list, promote people when a place is free.

A person takes one place in each row of `Places` that counts them: the row for everybody and the row of their
category. Lock order: delegation, event, then the rows of `Places` by key.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Self

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from events.models import Category, Event
from jobs.clock import database_now
from jobs.locks import set_lock_timeout
from registration import mailing, rules
from registration.models import Delegation, Participant, Places
from registration.signals import people_moved

Status = Participant.Status
PATIENCE = 12  # seconds


class PlacesTaken(rules.Refused):
    """The new limit is lower than the number of places already taken."""

    sentence = gettext_lazy("Nothing was changed: more places than these are taken already.")


def lock_event_of(delegation: Delegation) -> Event:
    """Lock and return the event of a locked delegation, so that nobody can cancel it during the transaction.

    Also sets `delegation.event`. Shortly before a deadline, hundreds of requests wait for this lock in turn:
    this is why PATIENCE is long.
    """
    set_lock_timeout(PATIENCE)
    event = Event.objects.select_for_update(no_key=True).prefetch_related("windows", "extensions")
    delegation.event = event.get(pk=delegation.event_id)
    return delegation.event


class Counters:
    """The `Places` rows of one event, locked until the transaction ends."""

    def __init__(self, rows: Iterable[Places]) -> None:
        self.rows = list(rows)
        self._before = {row.pk: row.taken for row in self.rows}

    @classmethod
    def lock(cls, event: Event) -> Self:
        """Lock the rows and return them.

        Read the people only after this call: somebody may have been promoted while it waited.
        """
        return cls(Places.objects.select_for_update(no_key=True).filter(event=event).order_by("pk"))

    def has_room(self, category: str) -> bool:
        return all(row.left > 0 for row in self._of(category))

    def take(self, category: str) -> bool:
        """Take a place in every row that counts this category. If one is full, take none and return False."""
        if not self.has_room(category):
            return False
        for row in self._of(category):
            row.taken += 1
        return True

    def release(self, category: str) -> None:
        for row in self._of(category):
            row.taken -= 1

    def write(self) -> None:
        """Save the rows that have changed."""
        for row in self.rows:
            if row.taken != self._before[row.pk]:
                row.save(update_fields=["taken"])
                self._before[row.pk] = row.taken

    @property
    def are_full(self) -> bool:
        """True if no category has a place left."""
        return not any(self.has_room(category) for category in Category.values)

    def _of(self, category: str) -> list[Places]:
        return [row for row in self.rows if row.category in {"", category}]


def assign_places(
    people: Sequence[Participant], counters: Counters, at: datetime
) -> tuple[list[Participant], list[Participant]]:
    """Give people places, in order; returns those submitted and those put on the waiting list.

    Uses two UPDATE statements, whatever the number of people.
    """
    seated: list[Participant] = []
    waiting: list[Participant] = []
    for person in people:
        (seated if counters.take(person.category) else waiting).append(person)
    for group, values in (
        (seated, {"status": Status.SUBMITTED, "submitted_at": at, "waitlisted_at": None}),
        (waiting, {"status": Status.WAITLISTED, "submitted_at": at, "waitlisted_at": at}),
    ):
        if group:
            update_people(group, **values, reason="")
    counters.write()
    return seated, waiting


def update_people(people: Collection[Participant], **values: object) -> None:
    """Write the same values to these people, in the database and on the objects; increment their versions."""
    keys = [person.pk for person in people]
    Participant.objects.filter(pk__in=keys).update(**values, version=F("version") + 1)
    for person in people:
        person.version += 1
        for name, value in values.items():
            setattr(person, name, value)
    people_moved.send(Participant, people=people)


def give_up_places(
    delegation: Delegation, people: QuerySet[Participant], status: str, *, at: datetime, **values: object
) -> list[Participant]:
    """Move people of a delegation to a status that holds no place, then promote people from the waiting list.

    Locks the event and its places, and only then evaluates `people`. Returns the people with their new
    values. Raises WrongMove if the table of moves does not allow the status. The caller has locked the
    delegation.
    """
    event = lock_event_of(delegation)
    counters = Counters.lock(event)
    leaving = list(people)
    for person in leaving:
        person.delegation = delegation
        require_move(person, status)
        if person.holds_place:
            counters.release(person.category)
    update_people(leaving, status=status, waitlisted_at=None, **values)
    promote(event, counters, at=at)
    return leaving


class WrongMove(rules.Refused):
    """The person's present status does not allow this change."""

    def __init__(self, person: Participant) -> None:
        super().__init__()
        self.person = person

    def __str__(self) -> str:
        return _("Nothing was changed: the status of %(person)s is now “%(status)s”.") % {
            "person": self.person,
            "status": self.person.get_status_display(),
        }


def require_move(person: Participant, status: str) -> None:
    """Raises WrongMove if the table of moves does not allow this status."""
    if not person.can_become(status):
        raise WrongMove(person)


def promote(event: Event, counters: Counters, *, at: datetime | None = None) -> list[Participant]:
    """Give free places to people on the waiting list, first come first served, and mail their coordinators.

    A person whose category is full is skipped. Returns the promoted people. The caller has locked the event
    and the counters.
    """
    waiting = Participant.objects.none() if counters.are_full else Participant.objects.on_waiting_list(event)
    promoted = [person for person in waiting if counters.take(person.category)]
    counters.write()
    if promoted:
        at = at or database_now()
        update_people(promoted, status=Status.SUBMITTED, waitlisted_at=None)
        by_delegation = Counter(person.delegation for person in promoted)
        for delegation, number in by_delegation.items():
            audit.record(None, "delegation.promoted", delegation, changes={"people": number}, at=at)
            mailing.promoted(delegation, people=number)
            transaction.on_commit(partial(await_examination, delegation.pk))
    return promoted


@transaction.atomic
def await_examination(delegation: int, at: datetime | None = None) -> None:
    """Set a confirmed delegation back to submitted if one of its people was promoted.

    The secretariat must examine that person. This is a transaction of its own because a delegation must be
    locked before the places. If the process ends before it runs, `await_due_examinations` does the same later.
    """
    held = Delegation.objects.select_for_update(no_key=True).get(pk=delegation)
    held.version += 1
    held.save(update_fields=["version"])
    if held.participants.with_status(Status.SUBMITTED).exists():
        await_decision(held, at or database_now())


def await_due_examinations() -> None:
    """Run `await_examination` for confirmed delegations where it is still due; the sweeper calls this."""
    moved_up = Delegation.objects.filter(
        status=Delegation.Status.CONFIRMED, participants__status=Status.SUBMITTED
    )
    for delegation in moved_up.values_list("pk", flat=True).distinct():
        await_examination(delegation)


@transaction.atomic
def recount(*, event: Event) -> list[Participant]:
    """Count the places taken and promote people; call this after rows of Places have changed.

    Returns the promoted people. Raises PlacesTaken if a limit is lower than the number of places already
    taken.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    counters = Counters.lock(event)
    holding = Participant.objects.with_status(*Participant.HOLDS_PLACE).filter(delegation__event=event)
    taken = Counter(person.category for person in holding.only("role"))
    for row in counters.rows:
        row.taken = taken[Category(row.category)] if row.category else taken.total()
        if row.left < 0:
            raise PlacesTaken
    counters.write()
    return promote(event, counters)


def await_decision(delegation: Delegation, at: datetime) -> None:
    """Set a confirmed delegation back to submitted. The caller has locked the delegation."""
    if delegation.status == Delegation.Status.CONFIRMED:
        delegation.status, delegation.submitted_at = Delegation.Status.SUBMITTED, at
        delegation.save(update_fields=["status", "submitted_at"])


def apply_identity_change(
    participant: Participant, before: Mapping[str, object], *, at: datetime | None = None
) -> None:
    """Apply the effects of a new name, role or category on a submitted, confirmed or waitlisted person.

    A confirmed person becomes submitted again. A person of a new category takes a place there or joins the
    waiting list. The participant may be saved or not; `before` is its former `identity`. The caller has
    locked the delegation. Writes the columns of the status.
    """
    if participant.identity == before or participant.status not in {
        Status.WAITLISTED,
        *Participant.HOLDS_PLACE,
    }:
        return
    at, delegation = at or database_now(), participant.delegation
    values: dict[str, object] = {}
    if participant.status == Status.CONFIRMED:
        kept = participant.confirmed_identity or dict(before)
        values = {"status": Status.SUBMITTED, "confirmed_identity": kept}
        await_decision(delegation, at)
    former = Participant(role=str(before["role"])).category
    if former != participant.category:
        change_category(participant, former, values, at)
    else:
        _write(participant, values)


def change_category(participant: Participant, former: str, values: dict[str, object], at: datetime) -> None:
    """Move the person to a place of the new category, or to its waiting list.

    People who wait for a place of the former category are promoted.
    """
    event = lock_event_of(participant.delegation)
    counters = Counters.lock(event)
    stored = Participant.objects.only("status", "waitlisted_at").get(pk=participant.pk)
    if stored.holds_place:
        counters.release(former)
    if counters.take(participant.category):
        values |= {"status": Status.SUBMITTED, "waitlisted_at": None}
        await_decision(participant.delegation, at)
    else:
        values |= {"status": Status.WAITLISTED, "waitlisted_at": stored.waitlisted_at or at}
    _write(participant, values)
    promote(event, counters, at=at)


def _write(participant: Participant, values: Mapping[str, object]) -> None:
    if values:
        Participant.objects.filter(pk=participant.pk).update(**values)
        for name, value in values.items():
            setattr(participant, name, value)
        people_moved.send(Participant, people=[participant])


def confirm_if_examined(delegation: Delegation, at: datetime) -> None:
    """Confirm a submitted delegation if it has confirmed people and no submitted person is left."""
    if delegation.status != Delegation.Status.SUBMITTED:
        return
    statuses = set(delegation.participants.values_list("status", flat=True))
    if Status.CONFIRMED in statuses and Status.SUBMITTED not in statuses:
        delegation.status, delegation.confirmed_at = Delegation.Status.CONFIRMED, at
        delegation.save(update_fields=["status", "confirmed_at"])
