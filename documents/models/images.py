"""The pictures that stand on papers: signatures and logos."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Organisation

NAME_LENGTH = 64 + len(".jpg")


def image_name(image: bytes) -> str:
    """The name a snapshot knows an image by: the hash of its bytes. Raises ValueError unless JPEG or SVG.

    JPEG goes into the file as it is and SVG as lines; a PNG would be encoded again for every letter.
    """
    if image.startswith(b"\xff\xd8\xff"):
        suffix = ".jpg"
    elif image.lstrip().startswith((b"<svg", b"<?xml")):
        suffix = ".svg"
    else:
        raise ValueError("A signature is a JPEG or an SVG image.")
    return hashlib.sha256(image).hexdigest() + suffix


class Image(models.Model):
    """A picture in the store, by the name that snapshots know it by: the SHA-256 of its bytes and `.jpg` or `.svg`.

    It stays when nobody signs with it any more: what was made with it can be made again.
    """

    name = models.CharField(max_length=NAME_LENGTH, unique=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.name

    @property
    def sha256(self) -> str:
        """The name of its file in the store."""
        return self.name.partition(".")[0]


class Logo(models.Model):
    """The emblem on an organisation's letterhead: `organisation.logo.image`."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="logo", verbose_name=_("organization")
    )
    image = models.ForeignKey(
        Image, models.PROTECT, editable=False, related_name="+", verbose_name=_("picture")
    )

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        ordering = ("organisation",)

    def __str__(self) -> str:
        return str(self.organisation)
