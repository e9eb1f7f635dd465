from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Background work")
    verbs = {
        "job.retried": pgettext_lazy("history", "Tried again"),
        "job.aborted": pgettext_lazy("history", "Taken back"),
        "mail.released": pgettext_lazy("history", "Mail sent off"),
        "mail.bounced": pgettext_lazy("history", "Mail returned"),
    }

    def ready(self) -> None:
        """Register where this app stores personal data."""
        from jobs import stores  # noqa: PLC0415  needs the models, which are ready only now

        stores.register()
