"""Invitations to the sample events, and the delegations of the specimen workshops."""

from datetime import datetime, timedelta
from types import ModuleType

from accounts.models import User
from config.sample import entering, open_workshop, past_workshop
from events.models import Event
from jobs.clock import database_now
from registration import services
from registration.models import Parliament


def invite_members(*, actor: User) -> None:
    """Invite all member parliaments to the conference of 2021, each in its own language.

    Does nothing if all of them are invited already.
    """
    event = Event.objects.get(slug="e-parliament-2021")
    members = Parliament.objects.members().order_by("organisation__code")
    if members.exclude(organisation__invitations__event=event).exists():
        services.invite(event=event, parliaments=members, language=services.OWN_LANGUAGE, actor=actor)


def load_delegations(*, event: Event, actor: User) -> None:
    """Invite some parliaments to the open workshop, and create delegations in different states."""
    _delegations(event, open_workshop, actor, database_now(), reason=open_workshop.RETURN_REASON)


def load_past_delegations(*, event: Event, actor: User) -> None:
    """Create the delegations of the past workshop."""
    _delegations(
        event, past_workshop, actor, database_now() - timedelta(days=past_workshop.SUBMITTED_DAYS_AGO)
    )
    entering.translate_functions(event, past_workshop.FUNCTIONS, officer=actor)


def _delegations(event: Event, sample: ModuleType, actor: User, at: datetime, reason: str = "") -> None:
    invited = Parliament.objects.filter(organisation__code__in=sample.INVITED)
    services.invite(event=event, parliaments=invited, language=services.OWN_LANGUAGE, actor=actor, at=at)
    services.send_invitations(invitations=event.invitations.all(), actor=actor, at=at)
    for code, (status, people) in sample.DELEGATIONS.items():
        invitation = event.invitations.with_parliament().get(organisation__code=code)
        delegation, coordinator = entering.open_delegation(invitation, at)
        delegation = entering.add_people(delegation, people, actor=coordinator, at=at)
        entering.bring_to(status, delegation, coordinator=coordinator, officer=actor, at=at, reason=reason)
