"""Decisions about one person: reject them, or let a substitute come instead."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from jobs.clock import database_now
from registration import mailing, rules
from registration.editing import require_direct_edit
from registration.models import IDENTITY, Participant
from registration.services.capacity import (
    Counters,
    assign_places,
    await_decision,
    confirm_if_examined,
    give_up_places,
    lock_event_of,
    promote,
    require_move,
    update_people,
)
from registration.services.people import increment_version, lock_delegation, record_person, save_person

Status = Participant.Status


@transaction.atomic
def reject_person(
    *,
    participant: Participant,
    version: int | None = None,
    reason: str,
    actor: User,
    at: datetime | None = None,
) -> Participant:
    """Reject one person of a delegation; the mail to the coordinators gives the reason.

    `version` is the person's version on the officer's page. Raises ReasonMissing, WrongMove, VersionChanged.
    """
    if not reason:
        raise rules.ReasonMissing
    delegation, at = lock_delegation(participant.delegation), at or database_now()
    chosen = delegation.participants.filter(pk=participant.pk)
    [rejected] = give_up_places(delegation, chosen, Status.REJECTED, at=at, reason=reason)
    if version is not None and rejected.version != version + 1:
        raise rules.VersionChanged
    confirm_if_examined(delegation, at)
    increment_version(delegation)
    record_person(actor, "person.rejected", rejected)
    mailing.person_rejected(delegation, reason=reason)
    return rejected


@transaction.atomic
def substitute_person(
    *,
    participant: Participant,
    fields: Mapping[str, object],
    language: str,
    actor: User,
    at: datetime | None = None,
) -> Participant:
    """Replace a person by a new one, who gets the place and must be examined; returns the new person.

    The new person keeps a reference to the former one. `fields` and `language` are those of `save_person`.
    Raises EditingClosed, WrongMove and whatever `save_person` raises.
    """
    delegation, at = lock_delegation(participant.delegation), at or database_now()
    event = lock_event_of(delegation)
    counters = Counters.lock(event)
    former = delegation.participants.get(pk=participant.pk)
    former.delegation = delegation
    require_direct_edit(former, IDENTITY, at, actor)
    require_move(former, Status.SUBSTITUTED)
    update_people([former], status=Status.SUBSTITUTED)
    counters.release(former.category)
    fresh = save_person(
        delegation=delegation, person=None, fields=fields, version=None, language=language, actor=actor, at=at
    )
    assign_places([fresh], counters, at)
    require_direct_edit(fresh, IDENTITY, at, actor)  # the new person's category may be closed
    promote(event, counters, at=at)
    fresh.order, fresh.substitutes = former.order, former
    fresh.save(update_fields=["order", "substitutes"])
    delegation.refresh_from_db(fields=["version"])
    await_decision(delegation, at)
    record_person(actor, "person.substituted", former)
    return fresh
