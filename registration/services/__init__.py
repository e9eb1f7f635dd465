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
from registration.services.parts import (
    DetailsChanged,
    NotAsked,
    keep_upload,
    record_opening,
    remove_upload,
    save_details,
)
from registration.services.people import (
    Nameless,
    PersonChanged,
    PersonGone,
    cancel_person,
    move_person,
    restore_person,
    save_person,
)
from registration.services.reuse import known_before, take_over

__all__ = (
    "OWN_LANGUAGE",
    "DetailsChanged",
    "Issued",
    "Mailed",
    "Nameless",
    "NotAsked",
    "Person",
    "PersonChanged",
    "PersonGone",
    "cancel_person",
    "claim_delegation",
    "confirm_delegation",
    "invite",
    "keep_upload",
    "known_before",
    "move_person",
    "open_invitation",
    "record_opening",
    "reissue_link",
    "remove_upload",
    "restore_person",
    "return_delegation",
    "save_details",
    "save_draft",
    "save_person",
    "send_invitations",
    "show_link",
    "submit_delegation",
    "survey",
    "take_over",
)
