"""Templates, logos, documents and orders in the administration."""

from documents.admin import events  # noqa: F401  adds notices to the pages of events
from documents.admin.badges import BadgeAdmin
from documents.admin.documents import BatchAdmin, DocumentAdmin
from documents.admin.logos import LogoAdmin
from documents.admin.templates import TemplateAdmin

__all__ = ("BadgeAdmin", "BatchAdmin", "DocumentAdmin", "LogoAdmin", "TemplateAdmin")
