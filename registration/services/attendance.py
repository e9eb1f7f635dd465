"""Who was really there: noted at the desk or afterwards, and taken back when it was a slip."""

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
    """Note of these people, by key, that they attended; of how many it is new. Only who is confirmed can have."""
    confirmed = _of(event, people).with_status(Participant.Status.CONFIRMED).filter(erased_at=None)
    at = at or database_now()
    noted = [one.pk for one in confirmed.filter(attended_at=None)]
    Participant.objects.filter(pk__in=noted).update(attended_at=at)
    if noted:
        audit.record(actor, "people.attended", event, changes={"people": noted}, at=at)
    return len(noted)


@transaction.atomic
def withdraw_attendance(*, event: Event, people: Collection[int], actor: User) -> int:
    """Take that back; of how many. What certifies it already is declared void on the page of the document."""
    noted = [one.pk for one in _of(event, people).exclude(attended_at=None)]
    Participant.objects.filter(pk__in=noted).update(attended_at=None)
    if noted:
        audit.record(actor, "people.attendance_withdrawn", event, changes={"people": noted})
    return len(noted)


def _of(event: Event, people: Collection[int]) -> ParticipantQuerySet:
    """Those of the event, their delegations held: who saves one of them meanwhile would write over the note."""
    chosen = Participant.objects.filter(delegation__event=event, pk__in=people).order_by("pk")
    keys = chosen.order_by().values("delegation")
    list(Delegation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    return chosen
