"""The recipients of a circular."""

from collections.abc import Iterable
from dataclasses import dataclass

from registration.models import Circular, Delegation, Invitation
from registration.recipients import Body, Recipient, bodies

Recipients = Circular.Recipients


@dataclass(frozen=True, slots=True)
class BodyRecipient:
    """One mail of a circular: the address, and the body that it is about."""

    body: Body
    recipient: Recipient


def selected_bodies(circular: Circular) -> list[Body]:
    """The bodies that the circular's filters select, by code, with or without an address."""
    return [
        body
        for body in bodies(circular.event)
        if _is_reached(circular.recipients, body) and _fits(circular, body)
    ]


def body_recipients(chosen: Iterable[Body]) -> list[BodyRecipient]:
    """One mail per body and address of a coordinator or contact."""
    return [BodyRecipient(body, recipient) for body in chosen for recipient in body.recipients]


def _fits(circular: Circular, body: Body) -> bool:
    """True if the body has the status and group of the filters; an empty filter accepts every body."""
    status, group = getattr(body.parliament, "status", ""), getattr(body.parliament, "group", "")
    return circular.status in ("", status) and circular.group in ("", group)


def _is_reached(recipients: str, body: Body) -> bool:
    invitation, delegation = body.invitation, body.delegation
    if delegation and delegation.has_ended:
        return False
    if recipients == Recipients.CONFIRMED:
        return bool(delegation and delegation.has_confirmed)  # type: ignore[attr-defined]
    if recipients == Recipients.REGISTERED:
        return bool(delegation and delegation.status != Delegation.Status.DRAFT)
    if invitation is None or invitation.state == Invitation.State.DECLINED:
        return False
    if recipients == Recipients.ACCEPTED:
        return invitation.state == Invitation.State.ACCEPTED
    return delegation is not None or not invitation.is_revoked
