"""The admin pages of events."""

from events.admin.base import BilingualAdmin, BilingualInline, EditorForms, OrderedInline
from events.admin.event import EventAdmin
from events.admin.organisation import OrganisationAdmin
from events.admin.session import SessionAdmin

__all__ = (
    "BilingualAdmin",
    "BilingualInline",
    "EditorForms",
    "EventAdmin",
    "OrderedInline",
    "OrganisationAdmin",
    "SessionAdmin",
)
