"""Portraits on badges: small pictures made from the registered photographs. They are not stored."""

import errno
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from PIL import Image

from documents.models.images import image_name
from registration.models import Participant, Upload

SIZE = (354, 472)  # pixels: 30 × 40 mm at 300 dots per inch


def portrait_names(people: Iterable[Participant]) -> dict[int, tuple[int, str]]:
    """Return, by key of the person, the key of the photograph and the name of the portrait made from it."""
    photos = Upload.objects.filter(kind=Upload.Kind.PHOTO, participant__in=[one.pk for one in people])
    portraits = {}
    for upload in photos.only("participant", "file"):
        if upload.file.storage.exists(upload.file.name):
            portraits[upload.participant_id] = (upload.pk, image_name(make_portrait(upload)))
    return portraits


def make_portraits(named: Iterable[tuple[int, str]]) -> list[bytes]:
    """Make the portraits with these keys and names again. Return their bytes.

    Raises FileNotFoundError, with a sentence, if a photograph was replaced or removed since.
    """
    wanted = dict(named)
    uploads = Upload.objects.in_bulk(wanted)
    made = [make_portrait(uploads[key]) if key in uploads else b"" for key in wanted]
    if any(
        not picture or image_name(picture) != wanted[key] for key, picture in zip(wanted, made, strict=True)
    ):
        words = _("A photograph was replaced or removed after the order: order these badges again.")
        raise FileNotFoundError(errno.ENOENT, words)
    return made


def make_portrait(upload: Upload) -> bytes:
    """Return a JPEG of the photograph. The same file gives the same bytes."""
    with upload.file.open("rb") as file:
        picture: Image.Image = Image.open(file, formats=["JPEG"])
        picture.draft("RGB", SIZE)
        small = picture.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80)
    return out.getvalue()
