"""Create the sample's delegations with the same services that coordinators and the secretariat use."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accounts.models import User
from events.models import Event
from registration import services
from registration.models import Delegation, Invitation, Participant

NAMES = ("role", "honorific", "given_names", "family_names", "gender", "function")
PersonRow = tuple[str, ...]  # in the order of NAMES

Status = Delegation.Status


def open_delegation(invitation: Invitation, at: datetime) -> tuple[Delegation, User]:
    """Open the invitation and return its delegation with a specimen coordinator, who is created if necessary."""
    language = invitation.organisation.parliament.language
    email = f"coordinator@{invitation.organisation.code.lower().removeprefix('x-')}.example"
    coordinator = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name="Specimen Coordinator", language=language
    )
    coordinator.emailaddress_set.get_or_create(email=email, defaults={"primary": True, "verified": True})
    services.open_invitation(invitation=invitation, at=at)
    delegation = services.claim_delegation(invitation=invitation, user=coordinator, language=language, at=at)
    return delegation, coordinator


def add_people(
    delegation: Delegation, people: Sequence[PersonRow], *, actor: User, at: datetime, **more: object
) -> Delegation:
    """Add people as a coordinator would enter them, each with the fields in `more`; return the delegation.

    Accompanying persons accompany the first person.
    """
    head: Participant | None = None
    for row in people:
        fields = dict(zip(NAMES, row, strict=True)) | more
        if fields["role"] == Participant.Role.ACCOMPANYING:
            fields["accompanies"] = head
        person = services.save_person(
            delegation=delegation,
            person=None,
            fields=fields,
            version=None,
            language=actor.language,
            actor=actor,
            at=at,
        )
        head = head or person
    delegation.refresh_from_db()
    return delegation


def submit(delegation: Delegation, *, actor: User, at: datetime) -> Delegation:
    """Submit the delegation with all declarations accepted."""
    done = services.submit_delegation(
        delegation=delegation,
        version=delegation.version,
        privacy_read=True,
        declarations=all_accepted(delegation),
        actor=actor,
        at=at,
    )
    return done.delegation


def all_accepted(delegation: Delegation) -> dict[int, bool]:
    return dict.fromkeys(delegation.event.declarations.values_list("pk", flat=True), True)


def bring_to(
    status: str,
    delegation: Delegation,
    *,
    coordinator: User,
    officer: User,
    at: datetime,
    reason: str = "",
    last_day: date | None = None,
) -> Delegation:
    """Bring a draft to this status with the services that lead there. `last_day` is the deadline for corrections."""
    if status == Status.DRAFT:
        return delegation
    if status == Status.WITHDRAWN:
        version = delegation.version
        return services.withdraw_delegation(delegation=delegation, version=version, actor=coordinator, at=at)
    delegation = submit(delegation, actor=coordinator, at=at)
    seen: dict[str, Any] = {
        "delegation": delegation,
        "version": delegation.version,
        "actor": officer,
        "at": at,
    }
    if status == Status.CONFIRMED:
        return services.confirm_delegation(**seen)
    if status == Status.RETURNED:
        return services.return_delegation(**seen, reason=reason, last_day=last_day)
    if status == Status.REJECTED:
        return services.reject_delegation(**seen, reason=reason)
    return delegation


def translate_functions(event: Event, functions: Mapping[str, str], *, officer: User) -> None:
    """Add the functions in the other language, where the sample has them."""
    for delegation in event.delegations.prefetch_related("participants"):
        people = [one for one in delegation.participants.all() if one.function in functions]
        services.translate_functions(
            delegation=delegation,
            version=delegation.version,
            lines={one.pk: {"function": functions[one.function]} for one in people},
            actor=officer,
        )
