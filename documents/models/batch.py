"""Orders for many documents, and the merged file for the printer."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents import store
from documents.models.document import Document, DocumentQuerySet
from documents.models.kinds import PRIVATE, Kind
from events.models import Event, Organisation
from jobs.models import WAITING, Job, JobQuerySet, Lane, State


class BatchQuerySet(JobQuerySet["Batch"]):
    def visible_to(self, user: User) -> Self:
        """The orders of the events of the user's teams. Only the secretariat sees orders of private kinds."""
        if not user.is_authenticated:
            return self.none()
        of_team = self.filter(event__in=Event.objects.of_team(user))
        return of_team if user.is_secretariat else of_team.exclude(kind__in=PRIVATE)

    def last_of_each_kind(self) -> Self:
        last = self.order_by().values("kind").annotate(last=Max("pk"))
        return self.filter(pk__in=last.values("last"))

    def with_progress(self) -> Self:
        """Annotate counts of documents by state, and sort by the latest order.

        The counts are `done`, `failed`, `cancelled`, `waiting` and `all`.
        """
        return self.annotate(
            all=Count("documents"),
            done=Count("documents", filter=Q(documents__state=State.DONE)),
            failed=Count("documents", filter=Q(documents__state=State.FAILED)),
            cancelled=Count("documents", filter=Q(documents__state=State.CANCELLED)),
            waiting=Count("documents", filter=Q(documents__state__in=WAITING)),
        ).order_by("-pk")  # Django drops the default order in a query with counts


class Batch(Job):
    """An order for documents. Its own job is to write their rows; each row is then a separate job."""

    lanes = (Lane("bulk", "documents.plan_batch"),)

    class Languages(models.TextChoices):
        OWN = "own", pgettext_lazy("letter", "each in its own language")
        EN = "en", _("English")
        ES = "es", _("Spanish")
        BOTH = "both", pgettext_lazy("letter", "both languages")

    class Chambers(models.TextChoices):
        TOGETHER = "together", _("one letter to both presiding officers")
        EACH = "each", _("one letter to each chamber")

    event = models.ForeignKey(Event, models.PROTECT, related_name="batches", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=20, choices=Document.Kind, default=Document.Kind.INVITATION)
    languages = models.CharField(_("language"), max_length=4, choices=Languages, default=Languages.OWN)
    chambers = models.CharField(_("two chambers"), max_length=8, choices=Chambers, default=Chambers.TOGETHER)
    date = models.DateField(_("date of the letter"))
    organisations = models.ManyToManyField(
        Organisation, related_name="+", blank=True, verbose_name=_("parliaments")
    )
    # Other choices, by names that depend on the kind. `people` and `delegations` hold keys.
    options = models.JSONField(default=dict, editable=False)
    documents = models.ManyToManyField(Document, related_name="batches", blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("asked for by"),
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of documents", "order")
        verbose_name_plural = pgettext_lazy("of documents", "orders")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.event.reference} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("documents:batch", args=[self.event.slug, self.pk])

    @property
    def stem(self) -> str:
        """The beginning of the file names of the whole order, in the reader's language: workshop-invitation-7."""
        return f"{self.event.slug}-{Kind(self.kind).stem(get_language() or '')}-{self.pk}"

    @property
    def ready_documents(self) -> DocumentQuerySet:
        """The documents in force, sorted by subject and language.

        Without their texts, which would take much memory for a thousand files.
        """
        made = Document.objects.filter(batches=self).current().defer("snapshot")
        return made.order_by("subject", "language")

    @property
    def is_busy(self) -> bool:
        """True while the order, one of its documents or its merged file is waiting or running."""
        merged = getattr(self, "merged", None)
        return (
            self.is_waiting
            or self.documents.filter(state__in=WAITING).exists()
            or (merged is not None and merged.is_waiting)
        )

    @property
    def is_stalled(self) -> bool:
        """True if work has been due for more than a minute and nothing was finished in the last minute.

        Then probably no worker is running.
        """
        minute_ago = Now() - timedelta(minutes=1)
        if self.state == State.QUEUED:
            return Batch.objects.filter(pk=self.pk).due().filter(not_before__lt=minute_ago).exists()
        documents = Document.objects.filter(batches=self)
        waiting = documents.due().filter(not_before__lt=minute_ago)
        return waiting.exists() and not documents.filter(finished_at__gte=minute_ago).exists()


class MergedFile(Job):
    """All documents of an order in one file. It is only for printing, because merging loses the accessibility tags."""

    lanes = (Lane("bulk", "documents.merge"),)

    batch = models.OneToOneField(Batch, models.CASCADE, related_name="merged", editable=False)
    # SHA-256 of the names of its files: shows whether the order has other files now.
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)

    objects = JobQuerySet["MergedFile"].as_manager()

    class Meta:
        verbose_name = _("merged file")
        verbose_name_plural = _("merged files")

    def __str__(self) -> str:
        return f"{self.batch}"

    @property
    def is_current(self) -> bool:
        """True if the file exists and holds exactly the current documents of the order."""
        is_there = self.state == State.DONE and store.path(self.file_sha256).is_file()
        return is_there and self.content_hash == hash_of_files(self.batch.ready_documents)


def hash_of_files(documents: Iterable[Document]) -> str:
    """Return a SHA-256, in hexadecimal, of the files of these documents and their order."""
    names = " ".join(document.file_sha256 for document in documents)
    return hashlib.sha256(names.encode()).hexdigest()
