"""The pictures on papers: signatures and logos."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Organisation

NAME_LENGTH = 64 + len(".jpg")


def image_name(image: bytes) -> str:
    """Return the name of an image in snapshots: the SHA-256 of its bytes and its type.

    Raises ValueError unless it is a JPEG or an SVG: WeasyPrint embeds a JPEG unchanged and draws an SVG, but it
    would encode a PNG again for every letter.
    """
    if image.startswith(b"\xff\xd8\xff"):
        suffix = ".jpg"
    elif image.lstrip().startswith((b"<svg", b"<?xml")):
        suffix = ".svg"
    else:
        raise ValueError("A signature is a JPEG or an SVG image.")
    return hashlib.sha256(image).hexdigest() + suffix


class Image(models.Model):
    """A picture in the store. Its name in snapshots is the SHA-256 of its bytes and `.jpg` or `.svg`.

    The row stays when no template uses the picture any longer, so that old documents can be made again.
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
