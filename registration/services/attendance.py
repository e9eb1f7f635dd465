"""Record who attended the event, at the desk or afterwards, and undo a mistake."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from events.models import Event
from jobs.clock import database_now
from registration.models import Delegation, Participant
from registration.models.participant import ParticipantQuerySet


@transaction.atomic
def note_attendance(*, event: Event, people: Collection[int], actor: User, at: datetime | None = None) -> int:
    """Record that these people, by key, attended; returns the number of new records.

    Skips people who are not confirmed.
    """
    confirmed = _of(event, people).with_status(Participant.Status.CONFIRMED).filter(erased_at=None)
    at = at or database_now()
    noted = [one.pk for one in confirmed.filter(attended_at=None)]
    Participant.objects.filter(pk__in=noted).update(attended_at=at)
    if noted:
        audit.record(actor, "people.attended", event, changes={"people": noted}, at=at)
    return len(noted)


@transaction.atomic
def withdraw_attendance(*, event: Event, people: Collection[int], actor: User) -> int:
    """Undo the record of attendance; returns the number of people.

    The page that verifies an attendance certificate then declares it void.
    """
    noted = [one.pk for one in _of(event, people).exclude(attended_at=None)]
    Participant.objects.filter(pk__in=noted).update(attended_at=None)
    if noted:
        audit.record(actor, "people.attendance_withdrawn", event, changes={"people": noted})
    return len(noted)


def _of(event: Event, people: Collection[int]) -> ParticipantQuerySet:
    """The chosen people of the event; locks their delegations.

    Without the lock, somebody who saves one of these people at the same time would overwrite the record.
    """
    chosen = Participant.objects.filter(delegation__event=event, pk__in=people).order_by("pk")
    keys = chosen.order_by().values("delegation")
    list(Delegation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    return chosen
