"""Parliaments, invitations and delegations in the administration."""

from registration.admin.delegation import DelegationAdmin
from registration.admin.invitation import InvitationAdmin
from registration.admin.parliament import ParliamentAdmin

__all__ = ("DelegationAdmin", "InvitationAdmin", "ParliamentAdmin")
