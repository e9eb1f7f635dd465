"""What changes invitations and delegations: one verb, one transaction, one line in the audit trail."""

from registration.services.delegations import (
    Person,
    confirm_delegation,
    return_delegation,
    save_draft,
    submit_delegation,
)
from registration.services.invitations import (
    OWN_LANGUAGE,
    Issued,
    Mailed,
    claim_delegation,
    invite,
    open_invitation,
    reissue_link,
    send_invitations,
    show_link,
    survey,
)

__all__ = (
    "OWN_LANGUAGE",
    "Issued",
    "Mailed",
    "Person",
    "claim_delegation",
    "confirm_delegation",
    "invite",
    "open_invitation",
    "reissue_link",
    "return_delegation",
    "save_draft",
    "send_invitations",
    "show_link",
    "submit_delegation",
    "survey",
)
