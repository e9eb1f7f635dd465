"""One document: the job that makes it, the snapshot it is made from, and what the public can verify."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from attachments.models import Attachment
from documents.models.kinds import FOR_DELEGATIONS, LONG, PRIVATE, Kind
from events.models import Event, Organisation
from jobs.models import WAITING, Job, JobQuerySet, Lane, State
from registration.models import Delegation, Participant, PresidingOfficer

BECAME: dict[str, Promise] = {
    "cancelled": pgettext_lazy("why a document is void", "The person does not take part any more."),
    "substituted": pgettext_lazy("why a document is void", "Another person comes instead."),
    "rejected": pgettext_lazy("why a document is void", "The person was not accepted."),
    "draft": pgettext_lazy("why a document is void", "The delegation does not take part any more."),
    "submitted": pgettext_lazy("why a document is void", "The person’s name or role was changed."),
    "waitlisted": pgettext_lazy("why a document is void", "The person’s role was changed."),
    "others": pgettext_lazy("why a document is void", "Some of those whom it names are no longer confirmed."),
    "gone": pgettext_lazy("why a document is void", "The registration was deleted."),
}
"""Texts for values of `void_reason` that name the later status of a person's registration."""


class DocumentQuerySet(JobQuerySet["Document"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The documents that this user may see.

        The secretariat sees all, a member of the event's team all except private kinds, a coordinator those of
        `for_coordinator`.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_secretariat:
            return self
        of_team = self.filter(event__members__user=user).exclude(kind__in=PRIVATE)
        return (of_team | self.for_coordinator(user)).distinct()

    def for_coordinator(self, user: User) -> Self:
        """The documents in force for the user's delegations, their people, and their events."""
        delegations = Delegation.objects.of_coordinator(user)
        invited = Exists(delegations.filter(event=OuterRef("event"), organisation=OuterRef("organisation")))
        of_their_event = Exists(delegations.filter(event=OuterRef("event")))
        is_kept_back = Q(kind=Kind.PARTICIPANTS, event__list_publication=Event.ListPublication.NONE)
        return self.current().filter(
            Q(kind=Kind.INVITATION) & invited
            | Q(delegation__in=delegations)
            | Q(kind__in=FOR_DELEGATIONS) & of_their_event & ~is_kept_back
        )

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def done(self) -> Self:
        """Documents that were made."""
        return self.filter(state=State.DONE)

    def with_file(self) -> Self:
        """Documents whose file can be downloaded: made, and not deleted since."""
        return self.done().filter(purged_at=None)

    def current(self) -> Self:
        """Documents in force: made, not deleted, neither replaced nor void."""
        return self.with_file().filter(validity=Document.Validity.VALID)

    def expected(self) -> Self:
        """Documents that are valid, or will be when they are made."""
        return self.filter(state__in=[*WAITING, State.DONE], validity=Document.Validity.VALID)

    def same_subject_as(self, document: "Document") -> Self:
        """All versions of one document: same kind, event, subject and language."""
        return self.filter(
            kind=document.kind, event=document.event_id, subject=document.subject, language=document.language
        )


class Document(Job):
    """One document in one language. Its text, reference and code do not change after its row is written."""

    lanes = (
        Lane("letters", "documents.render", ~Q(kind__in=LONG)),
        Lane("bulk", "documents.render_bulk", Q(kind__in=LONG)),
    )

    Kind = Kind

    class Validity(models.TextChoices):
        VALID = "valid", pgettext_lazy("document", "valid")
        REPLACED = "replaced", pgettext_lazy("document", "replaced")
        VOID = "void", pgettext_lazy("document", "void")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, editable=False)
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="documents", verbose_name=_("event"), editable=False
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name=_("addressee"),
        editable=False,
    )
    delegation = models.ForeignKey(
        Delegation,
        models.SET_NULL,
        null=True,
        related_name="issued_documents",
        verbose_name=_("delegation"),
        editable=False,
    )
    participant = models.ForeignKey(
        Participant,
        models.SET_NULL,
        null=True,
        related_name="issued_documents",
        verbose_name=_("participant"),
        editable=False,
    )
    # What it is about: UY, UY-upper, UY-17 for a person; empty for a document of the whole event.
    subject = models.CharField(_("subject"), max_length=40, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, editable=False)
    # Empty if the text could not be written: `error_text` says what is missing, and `content_hash` is empty.
    snapshot = models.JSONField(editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    template_version = models.PositiveIntegerField(_("version of the template"), default=0, editable=False)
    date = models.DateField(_("date"), editable=False)
    reference = models.CharField(_("reference"), max_length=80, unique=True, editable=False)
    code = models.CharField(_("verification code"), max_length=19, unique=True, editable=False)
    validity = models.CharField(
        _("validity"), max_length=8, choices=Validity, default=Validity.VALID, editable=False
    )
    # When text and file were deleted, at the end of their retention or on request. Verification still works.
    purged_at = models.DateTimeField(_("deleted"), null=True, editable=False)
    void_reason = models.CharField(_("why it is void"), max_length=250, blank=True, editable=False)
    # The last order that asked for this content. Of two versions, the one ordered later is current.
    last_batch = models.ForeignKey(
        "documents.Batch",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=pgettext_lazy("of documents", "order"),
    )
    # Its file on the event's page. A replaced document keeps it until its successor is published.
    attachment = models.OneToOneField(
        Attachment,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="document",
        verbose_name=_("on the event’s page as"),
    )
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("asked for by"),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("event", "kind", "subject", "language", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "event", "subject", "language", "content_hash"),
                condition=~Q(
                    validity="void"
                ),  # the same content may be made again after it was declared void
                name="document_once_per_content",
            ),
        )
        indexes = (models.Index(fields=("state", "not_before"), name="document_by_state"),)

    def __str__(self) -> str:
        return self.reference

    @property
    def lane(self) -> Lane:
        return self.lanes[self.kind in LONG]

    @property
    def file_name(self) -> str:
        """The name of the download, in the document's own language: UY-invitacion-es.pdf."""
        parts = (self.subject, Kind(self.kind).stem(self.language), self.language)
        return "-".join(part for part in parts if part) + ".pdf"

    @property
    def chamber(self) -> str:
        """The chamber, in words, if the letter goes to the presiding officer of one chamber only; otherwise ""."""
        ending = self.subject.rpartition("-")[2]
        found = (str(one.label) for one in PresidingOfficer.Chamber if one == ending)
        return next(found, "")

    @property
    def successor(self) -> "Document | None":
        """The current version that has replaced this one, or None."""
        if self.validity != self.Validity.REPLACED:
            return None
        return Document.objects.current().same_subject_as(self).first()

    @property
    def recipient(self) -> str:
        """The addressee, as the document names it; "" if there is none."""
        return str(self.snapshot.get("recipient", ""))

    @property
    def why_void(self) -> str:
        """The reason why it is void: as somebody typed it, or what happened to the registrations it names."""
        return str(BECAME.get(self.void_reason, self.void_reason))

    @property
    def is_current(self) -> bool:
        """True if it is in force: made, not deleted, neither replaced nor void."""
        return self.state == State.DONE and self.validity == self.Validity.VALID and self.purged_at is None

    @property
    def holder(self) -> str:
        """The person it is about, as strangers may see it: “S. O., Uruguay”; "" if it is not about a person."""
        return str(self.snapshot.get("holder", ""))

    @property
    def is_on_page(self) -> bool:
        """True if exactly this file is on the event's page. An officer may have replaced the file there."""
        return self.attachment is not None and self.attachment.checksum == self.file_sha256

    @property
    def is_specimen(self) -> bool:
        return bool(self.snapshot.get("specimen"))

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.pk])
