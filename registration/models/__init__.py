"""Who is invited and who comes."""

from registration.models.delegation import Delegation, Participant
from registration.models.invitation import Invitation
from registration.models.parliament import Contact, Parliament, PresidingOfficer

__all__ = ("Contact", "Delegation", "Invitation", "Parliament", "Participant", "PresidingOfficer")
