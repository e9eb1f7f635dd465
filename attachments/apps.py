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
        """Name the places where this app holds data of people."""
        from attachments import stores  # noqa: PLC0415  needs the models, which are ready only now

        stores.register()
