"""The models of invitations, delegations, people and terms of registration."""

from registration.models.coordination import (
    Candidate,
    LinkRequest,
    offered_invitations,
    visible_invitations,
)
from registration.models.delegation import Delegation
from registration.models.files import Upload
from registration.models.invitation import Invitation
from registration.models.messages import ChangeRequest, Circular, Reminder, SentReminder
from registration.models.parliament import Contact, Parliament, PresidingOfficer
from registration.models.participant import CATEGORY_OF, IDENTITY, Participant
from registration.models.terms import Acceptance, AskedField, Declaration, Extension, Places, Rule, Terms

__all__ = (
    "CATEGORY_OF",
    "IDENTITY",
    "Acceptance",
    "AskedField",
    "Candidate",
    "ChangeRequest",
    "Circular",
    "Contact",
    "Declaration",
    "Delegation",
    "Extension",
    "Invitation",
    "LinkRequest",
    "Parliament",
    "Participant",
    "Places",
    "PresidingOfficer",
    "Reminder",
    "Rule",
    "SentReminder",
    "Terms",
    "Upload",
    "offered_invitations",
    "visible_invitations",
)
