"""Parts of one app on the administration's pages of another."""

from attachments.admin import AttachmentInline, SessionAttachmentInline
from events.admin import EventAdmin, SessionAdmin

EventAdmin.inlines = (*EventAdmin.inlines, AttachmentInline)
SessionAdmin.inlines = (*SessionAdmin.inlines, SessionAttachmentInline)
