from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttachmentsConfig(AppConfig):
    name = "attachments"
    verbose_name = _("Attachments")
    verbs = {
        "attachment.replaced": pgettext_lazy("history", "File replaced"),
    }
