"""Signatures and logos as they are stored: a small JPEG on white, or an SVG with only lines and colours."""

import io
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from attachments.validators import FileRefused, clean_name
from documents.models.images import image_name
from documents.pictures import vectors
from registration.pictures import decode_picture

MAX_SIDE = 600  # pixels: 51 mm at 300 dots per inch, the width of a printed signature
DENSITY = 300
MIN_SIDE = 100  # pixels of the longer side; with fewer, the printed picture is blurred
INK = 32  # a pixel less dark than this (0 is white) belongs to the scanned paper
MARGIN = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written again from an upload. `name` is the hash of its bytes and its type."""

    data: bytes

    @property
    def name(self) -> str:
        return image_name(self.data)


def prepare_for_print(file: "File[bytes]") -> Picture:
    """Return the uploaded JPEG, PNG or SVG as a picture for print. Raises FileRefused with the reason."""
    name = clean_name(file.name or "")
    file.seek(0)
    if vectors.is_svg(file.read(vectors.BEGINNING)):
        file.seek(0)
        return Picture(_drawing(file.read(vectors.MAX_BYTES + 1), name))
    picture = decode_picture(file, name, (MAX_SIDE, MAX_SIDE))
    return Picture(_jpeg(_without_borders(picture, name)))


def _drawing(data: bytes, name: str) -> bytes:
    """Return the cleaned SVG. Raises FileRefused if it cannot be kept or would not be visible in print."""
    try:
        drawing = vectors.clean_svg(data)
    except vectors.VectorRefused as refused:
        raise FileRefused(name, str(refused)) from refused
    from documents.rendering import ink  # noqa: PLC0415  loads the renderer

    if not ink.is_visible(drawing):
        words = _("nothing in it would show in print. Save it as plain paths and colours, or as PNG.")
        raise FileRefused(name, words)
    return drawing


def _without_borders(picture: Image.Image, name: str) -> Image.Image:
    """Return the picture without the empty paper around it. Raises FileRefused if it is empty or too small."""
    ink = picture.convert("L").point(lambda value: 255 if value < 255 - INK else 0).getbbox()
    if ink is None:
        raise FileRefused(name, _("nothing can be seen on it."))
    left, top, right, bottom = ink
    drawn = picture.crop(
        (
            max(left - MARGIN, 0),
            max(top - MARGIN, 0),
            min(right + MARGIN, picture.width),
            min(bottom + MARGIN, picture.height),
        )
    )
    if max(drawn.size) < MIN_SIDE:
        raise FileRefused(
            name,
            _("the picture is too small. It needs at least %(pixels)d pixels on its longer side.")
            % {"pixels": MIN_SIDE},
        )
    return drawn


def _jpeg(picture: Image.Image) -> bytes:
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=90, subsampling=0, dpi=(DENSITY, DENSITY))
    return out.getvalue()
