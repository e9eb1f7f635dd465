"""The mails that carried documents, and the documents that are being corrected."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models.batch import Batch
from documents.models.document import Document
from jobs.models import RETRYABLE, OutgoingMail
from jobs.models import State as JobState


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def drafts(self) -> Self:
        """Deliveries in the review queue."""
        return self.filter(mail__state=JobState.DRAFT)

    def live(self) -> Self:
        """All deliveries that were not withdrawn: sent, waiting or in review."""
        return self.exclude(mail__state=JobState.CANCELLED)

    def released(self) -> Self:
        """Deliveries that an officer has released, sent or not."""
        return self.live().exclude(mail__state=JobState.DRAFT)

    def unsent(self) -> Self:
        """Deliveries that can still be withdrawn."""
        return self.filter(mail__state__in=[JobState.DRAFT, JobState.QUEUED])

    def with_mail(self) -> Self:
        return self.select_related("mail", "document").order_by("pk")

    def copy_addresses(self) -> dict[str, str]:
        """Return the copy addresses (cc) of the released mails, each with the language of its latest mail."""
        mails = self.released().order_by("pk").values_list("mail__language", "mail__cc")
        return {address: language for language, cc in mails for address in cc}


class Delivery(models.Model):
    """One document in one mail. Its state and address are those of the mail."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("delivery", "to be reviewed")
        QUEUED = "queued", pgettext_lazy("delivery", "waiting")
        SENT = "sent", pgettext_lazy("delivery", "sent")
        IN_DOUBT = "in_doubt", pgettext_lazy("delivery", "in doubt")
        FAILED = "failed", pgettext_lazy("delivery", "failed")
        BOUNCED = "bounced", pgettext_lazy("delivery", "returned")
        TAKEN_BACK = "taken_back", pgettext_lazy("delivery", "taken back")

    NOT_DELIVERED = (State.IN_DOUBT, State.FAILED, State.BOUNCED)

    document = models.ForeignKey(Document, models.CASCADE, related_name="deliveries", editable=False)
    mail = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="deliveries", editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("document", "mail"), name="delivery_once_in_a_mail"),)

    def __str__(self) -> str:
        return f"{self.document} – {self.get_state_display()}"

    @property
    def state(self) -> "Delivery.State":
        """The state of the mail, in the terms of deliveries."""
        return Delivery.State.BOUNCED if self.mail.bounced_at else _STATES[JobState(self.mail.state)]

    @property
    def can_retry(self) -> bool:
        """True if the mail has failed or is in doubt and the document is in force."""
        return self.mail.state in RETRYABLE and self.document.is_current

    def get_state_display(self) -> str:
        return str(self.state.label)


_STATES = {
    JobState.DRAFT: Delivery.State.DRAFT,
    JobState.QUEUED: Delivery.State.QUEUED,
    JobState.RUNNING: Delivery.State.QUEUED,
    JobState.DONE: Delivery.State.SENT,
    JobState.IN_DOUBT: Delivery.State.IN_DOUBT,
    JobState.FAILED: Delivery.State.FAILED,
    JobState.CANCELLED: Delivery.State.TAKEN_BACK,
}


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> Self:
        return self.filter(finished_at=None)


class Correction(models.Model):
    """A document that an order replaces, and whose addressee must be told what has changed.

    The row stays open until the new document is made and its mails are written, so that the sweeper can continue
    if a process dies in between. A document has at most one open correction.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="corrections", editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="corrections", editable=False)
    changes = models.JSONField(default=list, editable=False)  # values of `staleness.Change`
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("document",), condition=Q(finished_at=None), name="correction_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return str(self.document)
