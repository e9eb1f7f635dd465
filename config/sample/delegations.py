"""Invitations to the sample events and the delegations of the specimen workshop, in every state."""

from collections.abc import Sequence

from accounts.models import User
from config.sample import open_workshop
from events.models import Event
from registration import services
from registration.models import Delegation, Invitation, Parliament

NAMES = ("role", "honorific", "given_names", "family_names", "gender", "function")


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
    for code, (status, people) in open_workshop.DELEGATIONS.items():
        invitation = event.invitations.select_related("organisation__parliament").get(organisation__code=code)
        _delegation(invitation, status, people, officer=actor)


def _delegation(
    invitation: Invitation, status: str, people: Sequence[tuple[str, ...]], *, officer: User
) -> None:
    """One delegation as its coordinator and the secretariat would bring it there, verb by verb."""
    language = invitation.organisation.parliament.language
    email = f"coordinator@{invitation.organisation.code.lower()}.example"
    coordinator = User.objects.create_user(email, name="Specimen Coordinator", language=language)
    coordinator.emailaddress_set.create(email=email, primary=True, verified=True)
    services.open_invitation(invitation=invitation)
    delegation = services.claim_delegation(invitation=invitation, user=coordinator, language=language)
    typed = [services.Person(dict(zip(NAMES, person, strict=True))) for person in people]
    delegation = services.save_draft(
        delegation=delegation,
        people=typed,
        remarks="",
        version=delegation.version,
        language=language,
        actor=coordinator,
    )
    if status == Delegation.Status.DRAFT:
        return
    version = delegation.version
    services.submit_delegation(delegation=delegation, version=version, privacy_read=True, actor=coordinator)
    if status == Delegation.Status.CONFIRMED:
        services.confirm_delegation(delegation=delegation, version=version, actor=officer)
    if status == Delegation.Status.RETURNED:
        services.return_delegation(
            delegation=delegation,
            version=version,
            status=Delegation.Status.SUBMITTED,
            reason=open_workshop.RETURN_REASON,
            actor=officer,
        )
