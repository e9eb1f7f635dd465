"""The files of an event or a session, and who may download them."""

import secrets
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.fields.files import FieldFile
from django.db.models.lookups import IsNull
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from events.models import Event, Organisation, Session

LANGUAGE_LIST = RegexValidator(r"^([a-z]{2}(,[a-z]{2})*)?$", _("Write language codes with commas: en,es."))


def stored_name(attachment: "Attachment", _filename: str) -> str:
    """Return a random path, which nobody can guess. The real name of the file is stored in the row."""
    name = secrets.token_hex(16)
    return f"attachments/{name[:2]}/{name}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User | None) -> Self:
        """Files that the user may download.

        Everybody gets the public files of public events, coordinators also the delegates' files of their events, team
        members also all files of their events except the secretariat's, and the secretariat all files.
        """
        public = Q(audience=Attachment.Audience.PUBLIC, event__in=Event.objects.public())
        if user is None or not user.is_authenticated:
            return self.filter(public)
        if user.is_secretariat:
            return self
        team = Q(event__in=Event.objects.filter(members__user=user)) & ~Q(
            audience=Attachment.Audience.SECRETARIAT
        )
        registered = Event.objects.public().filter(delegations__coordinators=user)
        return self.filter(public | team | Q(audience=Attachment.Audience.DELEGATES, event__in=registered))

    def in_page_order(self) -> Self:
        """Files of the whole event first, then by session in the order of the programme."""
        return self.select_related("event", "session", "presented_by").order_by(
            IsNull(F("session"), False),
            F("session__day").asc(nulls_last=True),
            F("session__starts").asc(nulls_last=True),
            "session__order",
            "session",
            "order",
            "pk",
        )


class Attachment(models.Model):
    """One file, with the languages in which it is written. Its type is detected from its content."""

    class Kind(models.TextChoices):
        AIDE_MEMOIRE = "aide_memoire", _("Aide-memoire")
        PROGRAMME = "programme", _("Programme")
        AGENDA = "agenda", pgettext_lazy("attachment", "Agenda")
        PRESENTATION = "presentation", _("Presentation")
        PRACTICAL = "practical", _("Practical information")
        REPORT = "report", _("Report")
        OTHER = "other", pgettext_lazy("attachment", "Other document")

    class Audience(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("audience", "public")
        DELEGATES = "delegates", pgettext_lazy("audience", "registered delegations")
        SECRETARIAT = "secretariat", pgettext_lazy("audience", "secretariat")

    class Origin(models.TextChoices):
        UPLOADED = "uploaded", pgettext_lazy("origin", "uploaded")
        GENERATED = "generated", pgettext_lazy("origin", "generated")

    event = models.ForeignKey(Event, models.CASCADE, related_name="attachments", verbose_name=_("event"))
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="attachments", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=250)
    presented_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="presentations",
        verbose_name=_("presented by"),
    )
    presented_by_text = models.CharField(
        _("presented by, in words"),
        max_length=200,
        blank=True,
        help_text=_("When it is not an organization in the list."),
    )
    languages = models.CharField(
        _("languages of the file"),
        max_length=30,
        blank=True,
        validators=[LANGUAGE_LIST],
        help_text=_("en,es"),
    )
    audience = models.CharField(
        _("who may have it"), max_length=12, choices=Audience, default=Audience.PUBLIC
    )
    is_accessible = models.BooleanField(
        _("accessible"), default=False, help_text=_("Tagged for screen readers.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    file = models.FileField(_("file"), upload_to=stored_name)
    file_name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100, editable=False)
    extension = models.CharField(max_length=5, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    checksum = models.CharField(_("SHA-256"), max_length=64, editable=False)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin, default=Origin.UPLOADED, editable=False
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("event", "order", "pk")

    def __str__(self) -> str:
        return self.title or self.file_name

    def get_absolute_url(self) -> str:
        return reverse("attachments:download", args=[self.event.slug, self.pk])

    def clean(self) -> None:
        """Refuse the session of another event."""
        if self.session and self.session.event_id != self.event_id:
            raise ValidationError({"session": _("This session belongs to another event.")})


@receiver(post_delete, sender=Attachment)
def remove_file(instance: Attachment, **_kwargs: object) -> None:
    """Delete the file when its row is deleted, in whatever way."""
    remove_after_commit(instance.file)


def remove_after_commit(file: FieldFile) -> None:
    """Delete a stored file after the commit, when it is certain that no row uses it."""
    storage, name = file.storage, str(file.name)
    transaction.on_commit(lambda: storage.delete(name), robust=True)
