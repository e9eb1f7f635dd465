"""The colour of a status tag."""

from registration.models import ChangeRequest, Delegation, Invitation, Participant

# Equal statuses of delegations and people have the same tone. A status not listed here has a plain tag.
TONES: dict[str, str] = {
    Delegation.Status.SUBMITTED: "accent",
    Delegation.Status.RETURNED: "warn",
    Delegation.Status.CONFIRMED: "good",
    Delegation.Status.REJECTED: "bad",
    Participant.Status.WAITLISTED: "warn",
    ChangeRequest.State.PENDING: "accent",
    ChangeRequest.State.ACCEPTED: "good",
    ChangeRequest.State.REFUSED: "bad",
    Invitation.State.OPENED: "accent",
    Invitation.State.DECLINED: "warn",
}


def tone_of(status: str) -> str:
    """“good”, “warn”, “bad” or “accent”; empty for a plain tag."""
    return TONES.get(status, "")
