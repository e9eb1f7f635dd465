from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttachmentsConfig(AppConfig):
    name = "attachments"
    verbose_name = _("Attachments")
    verbs = {
        "attachment.replaced": pgettext_lazy("history", "File replaced"),
    }

    def ready(self) -> None:
        """Register where this app stores personal data, and the clean-up and check of its files."""
        from attachments import janitor, stores  # noqa: PLC0415  need the models, which are ready only now
        from jobs.services import checks, chores  # noqa: PLC0415  need the models too

        stores.register()
        chores.append(janitor.clean_up)
        checks.append(janitor.missing_file_messages)
