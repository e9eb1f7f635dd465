"""Background work in the administration."""

from jobs.admin.base import JobAdmin
from jobs.admin.mail import OutgoingMailAdmin

__all__ = ("JobAdmin", "OutgoingMailAdmin")
