"""Files of a delegation or a person: portraits, scans, the proof of nomination."""

import secrets
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from attachments.models import remove_after_commit
from registration.models.delegation import Delegation
from registration.models.participant import Participant


def stored_name(upload: "Upload", _filename: str) -> str:
    """A random name that nobody can guess; the row holds the real one."""
    name = secrets.token_hex(16)
    return f"registration/{name[:2]}/{name}"


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Files of the delegations that the user may see."""
        return self.filter(delegation__in=Delegation.objects.visible_to(user))

    def removed(self) -> Self:
        """Removed files that can still be restored, the latest first."""
        return self.exclude(removed_at=None).order_by("-removed_at")


class PresentUploads(models.Manager.from_queryset(UploadQuerySet)):  # type: ignore[misc]
    """Files that are not removed."""

    def get_queryset(self) -> UploadQuerySet:
        return UploadQuerySet(self.model, using=self._db).filter(removed_at=None)


class Upload(models.Model):
    """One private file. Pictures are re-encoded and hold no metadata.

    A removed file is kept for a day, so that it can be restored; only the manager `everything` includes it.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", pgettext_lazy("upload", "photograph")
        PASSPORT = "passport", pgettext_lazy("upload", "copy of the passport")
        NOMINATION = "nomination", pgettext_lazy("upload", "proof of nomination")

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="uploads")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="uploads")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    file = models.FileField(upload_to=stored_name, max_length=120)
    name = models.CharField(_("file name"), max_length=200)  # as it was uploaded
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(_("size"))  # bytes
    checksum = models.CharField(max_length=64)  # SHA-256
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)

    objects = PresentUploads()
    everything = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ("delegation", "kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "kind"),
                condition=Q(removed_at=None),
                name="upload_once_per_person",
            ),
            models.UniqueConstraint(
                fields=("delegation", "kind"),
                condition=Q(participant=None, removed_at=None),
                name="upload_once_per_delegation",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registration:upload", args=[self.delegation_id, self.pk])


@receiver(post_delete, sender=Upload)
def remove_file(instance: Upload, **_kwargs: object) -> None:
    """Delete the file when its row is deleted, by whatever code."""
    remove_after_commit(instance.file)
