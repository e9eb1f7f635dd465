"""What the administration shows beyond each app's own pages, and what it leaves out."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from attachments.admin import AttachmentInline, SessionAttachmentInline
from events.admin import EventAdmin, SessionAdmin

EventAdmin.inlines = (*EventAdmin.inlines, AttachmentInline)
SessionAdmin.inlines = (*SessionAdmin.inlines, SessionAttachmentInline)

# Nobody works with these, and the second factors hold secrets.
for model in (EmailAddress, Authenticator, Group):
    admin.site.unregister(model)
