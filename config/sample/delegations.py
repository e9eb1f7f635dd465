"""Invitations to the sample events, and the delegations of the specimen workshop."""

from accounts.models import User
from config.sample import entering, open_workshop
from events.models import Event
from jobs.clock import database_now
from registration import services
from registration.models import Parliament


def invite_members(*, actor: User) -> None:
    """Every member parliament to the conference of 2021, in its language; who is invited already stays."""
    event = Event.objects.get(slug="e-parliament-2021")
    members = Parliament.objects.members().order_by("organisation__code")
    if members.exclude(organisation__invitations__event=event).exists():
        services.invite(event=event, parliaments=members, language=services.OWN_LANGUAGE, actor=actor)


def load_delegations(*, event: Event, actor: User) -> None:
    """Invite some parliaments to the specimen, mail their links, and bring four delegations to four states."""
    invited = Parliament.objects.filter(organisation__code__in=open_workshop.INVITED)
    services.invite(event=event, parliaments=invited, language=services.OWN_LANGUAGE, actor=actor)
    services.send_invitations(invitations=event.invitations.all(), actor=actor)
    at = database_now()
    for code, (status, people) in open_workshop.DELEGATIONS.items():
        invitation = event.invitations.with_parliament().get(organisation__code=code)
        delegation, coordinator = entering.coordinated(invitation)
        delegation = entering.enter(delegation, people, actor=coordinator, at=at)
        entering.bring_to(
            status,
            delegation,
            coordinator=coordinator,
            officer=actor,
            at=at,
            reason=open_workshop.RETURN_REASON,
        )
