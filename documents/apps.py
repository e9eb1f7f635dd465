from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")
    verbs = {
        "template.restored": pgettext_lazy("history", "Version of the template restored"),
        "document.voided": pgettext_lazy("history", "Document voided"),
        "document.published": pgettext_lazy("history", "Document put on the event’s page"),
        "document.taken_down": pgettext_lazy("history", "Document taken off the event’s page"),
        "batch.ordered": pgettext_lazy("history", "Documents ordered"),
        "batch.planned_again": pgettext_lazy("history", "Unfinished documents ordered again"),
        "batch.cancelled": pgettext_lazy("history", "Order cancelled"),
        "batch.merge_ordered": pgettext_lazy("history", "One file for printing ordered"),
    }

    def ready(self) -> None:
        """Name the places where this app holds data of people, and let mails enclose its files."""
        from documents import store, stores  # noqa: PLC0415  need the models, which are ready only now
        from jobs import outbox  # noqa: PLC0415  likewise

        stores.register()
        outbox.files["documents"] = store.read
