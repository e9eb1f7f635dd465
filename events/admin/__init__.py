"""Events in the administration."""

from events.admin.base import BilingualAdmin, BilingualInline, OrderedInline, EditorForms
from events.admin.event import EventAdmin
from events.admin.organisation import OrganisationAdmin
from events.admin.session import SessionAdmin

__all__ = (
    "BilingualAdmin",
    "BilingualInline",
    "EventAdmin",
    "OrderedInline",
    "OrganisationAdmin",
    "EditorForms",
    "SessionAdmin",
)
