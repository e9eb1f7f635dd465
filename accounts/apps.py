from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")
    verbs = {
        "added": pgettext_lazy("history", "Added"),
        "changed": pgettext_lazy("history", "Changed"),
        "removed": pgettext_lazy("history", "Deleted"),
    }
