"""Parliaments, invitations and delegations in the admin."""

from registration.admin.circular import CircularAdmin
from registration.admin.delegation import DelegationAdmin
from registration.admin.invitation import InvitationAdmin
from registration.admin.parliament import ParliamentAdmin
from registration.admin.people import ParticipantAdmin
from registration.admin.terms import TermsAdmin

__all__ = (
    "CircularAdmin",
    "DelegationAdmin",
    "InvitationAdmin",
    "ParliamentAdmin",
    "ParticipantAdmin",
    "TermsAdmin",
)
