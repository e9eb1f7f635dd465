"""One document: the job that makes it, the snapshot it is made from, and what the public may verify."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from events.models import Event, Organisation
from jobs.models import Job, JobQuerySet, State


class DocumentQuerySet(JobQuerySet["Document"]):
    def visible_to(self, user: User) -> Self:
        """The secretariat and the event's team see all; a coordinator the finished ones of their organisation."""
        if not user.is_authenticated:
            return self.none()
        if user.is_secretariat:
            return self
        own = Q(event__delegations__coordinators=user, event__delegations__organisation=models.F("organisation"))
        return self.filter(Q(event__members__user=user) | own & Q(state=State.DONE)).distinct()

    def current(self) -> Self:
        """Neither replaced nor void."""
        return self.filter(validity=Document.Validity.VALID)

    def same_subject_as(self, document: "Document") -> Self:
        """Every version of one letter: same kind, event, subject and language."""
        return self.filter(
            kind=document.kind, event=document.event_id, subject=document.subject, language=document.language
        )


class Document(Job):
    """A letter or an aide-memoire. Content, reference and code are frozen in the row before it is rendered."""

    queue = "letters"
    task = "documents.render"

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation letter")
        COLLECTIVE = "collective", _("Collective letter")
        AIDE_MEMOIRE = "aide-memoire", _("Aide-memoire")

    class Validity(models.TextChoices):
        VALID = "valid", pgettext_lazy("document", "valid")
        REPLACED = "replaced", pgettext_lazy("document", "replaced")
        VOID = "void", pgettext_lazy("document", "void")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="documents", verbose_name=_("event"), editable=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="documents", verbose_name=_("addressee"), editable=False
    )
    # Whom or what it is about: UY, UY-upper, or nothing for a document of the whole event.
    subject = models.CharField(_("subject"), max_length=40, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, editable=False)
    snapshot = models.JSONField(editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    template_version = models.PositiveIntegerField(default=0, editable=False)
    date = models.DateField(_("date"), editable=False)
    reference = models.CharField(_("reference"), max_length=60, unique=True, editable=False)
    code = models.CharField(_("verification code"), max_length=19, unique=True, editable=False)
    validity = models.CharField(_("validity"), max_length=8, choices=Validity, default=Validity.VALID, editable=False)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("event", "kind", "subject", "language", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "event", "subject", "language", "content_hash"), name="document_once_per_content"
            ),
        )
        indexes = (models.Index(fields=("state", "not_before"), name="document_by_state"),)

    def __str__(self) -> str:
        return self.reference

    @property
    def file_name(self) -> str:
        """UY-invitation-es.pdf"""
        return "-".join(part for part in (self.subject, self.kind, self.language) if part) + ".pdf"

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.pk])
