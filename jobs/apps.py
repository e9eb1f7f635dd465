from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Background work")
    verbs = {
        "job.retried": pgettext_lazy("history", "Tried again"),
    }
