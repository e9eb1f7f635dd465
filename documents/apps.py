from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")
    verbs = {
        "template.begun": pgettext_lazy("history", "Template begun with the usual words"),
        "template.shown": pgettext_lazy("history", "Letter to a person previewed"),
        "template.restored": pgettext_lazy("history", "Version of the template restored"),
        "document.voided": pgettext_lazy("history", "Document voided"),
        "document.restored": pgettext_lazy("history", "Lost file made again"),
        "badge.voided": pgettext_lazy("history", "Badge voided"),
        "document.opened": pgettext_lazy("history", "Visa-support letter opened"),
        "batch.opened": pgettext_lazy("history", "Visa-support letters opened"),
        "document.published": pgettext_lazy("history", "Document put on the event’s page"),
        "document.taken_down": pgettext_lazy("history", "Document taken off the event’s page"),
        "letters.prepared": pgettext_lazy("history", "Mails with letters written for review"),
        "letters.issued": pgettext_lazy("history", "Letters sent off"),
        "event.told": pgettext_lazy("history", "Cancellation or postponement told to those invited"),
        "letter.corrected": pgettext_lazy("history", "Corrected letter sent"),
        "letters.sent_again": pgettext_lazy("history", "Letter sent again"),
        "batch.ordered": pgettext_lazy("history", "Documents ordered"),
        "batch.planned_again": pgettext_lazy("history", "Unfinished documents ordered again"),
        "batch.cancelled": pgettext_lazy("history", "Order cancelled"),
        "batch.merge_ordered": pgettext_lazy("history", "One file for printing ordered"),
    }

    def ready(self) -> None:
        """Register this app: its personal data, its files for mails, and its work for the sweeper."""
        from documents import store, stores  # noqa: PLC0415  they import models, which are ready only now
        from documents.services import (  # noqa: PLC0415  likewise
            badges,
            correcting,
            janitor,
            leaving,
            notices,
            outdated_mails,
            restoring,
        )
        from jobs import outbox, services  # noqa: PLC0415  likewise
        from registration.signals import people_moved  # noqa: PLC0415  likewise

        stores.register()
        people_moved.connect(leaving.void_papers_of, dispatch_uid="papers of people")
        people_moved.connect(badges.void_badges_of, dispatch_uid="badges of people")
        services.repairs.append(badges.void_unfounded)
        services.repairs.extend([leaving.void_unfounded, correcting.continue_corrections])
        services.repairs.append(notices.withdraw_for_moved_events)
        outbox.files["documents"] = store.read
        outbox.send_checks.append(outdated_mails.reason_not_to_send)
        outbox.reviewed.add("letter")
        services.chores.extend([janitor.clean_up, restoring.restore_lost])
        services.checks.append(janitor.missing_file_messages)
