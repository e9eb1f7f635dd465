"""Changes to the admin pages that need several apps: added inlines, and models that are hidden."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from attachments.admin import AttachmentInline, SessionAttachmentInline
from events.admin import EventAdmin, SessionAdmin

EventAdmin.inlines = (*EventAdmin.inlines, AttachmentInline)
SessionAdmin.inlines = (*SessionAdmin.inlines, SessionAttachmentInline)

# The secretariat does not use these models, and Authenticator contains secrets.
for model in (EmailAddress, Authenticator, Group):
    admin.site.unregister(model)
