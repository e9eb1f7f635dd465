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
        "data.purged": pgettext_lazy("history", "Data deleted at the end of their retention period"),
        "data.shown": pgettext_lazy("history", "Data about one person read"),
        "data.downloaded": pgettext_lazy("history", "Data about one person downloaded"),
        "data.erased": pgettext_lazy("history", "Data about one person erased"),
    }

    def ready(self) -> None:
        """Register where this app stores personal data."""
        from accounts import stores  # noqa: PLC0415  needs the models, which are ready only now

        stores.register()
