"""Pictures as they are kept: small JPEG files that hold the picture and nothing else.

A portrait is cut to 3:4 (the ratio that FAO and UNOG publish for badges); a scan stays whole.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from attachments.sizes import file_size
from attachments.validators import FileRefused, clean_name

MAX_SIZE = 10 * 1024 * 1024  # bytes of an upload
MAX_PIXELS = 50_000_000  # width × height, read from the header before anything is decoded
PHOTO = (600, 800)  # pixels of a portrait as it is kept
LEAST_PHOTO = (300, 400)  # what is left of it once it is cut
SCAN = (2480, 2480)  # at most: the longer side of A4 at 210 dots per inch
LEAST_SCAN = 600  # pixels of the longer side: with fewer nobody reads it
FACE = (0.5, 0.35)  # what is kept when a picture is cut: the middle, and above the middle


def photo(file: "File[bytes]") -> "ContentFile[bytes]":
    """A portrait of 600 × 800 pixels. Raises FileRefused with what is wrong with the file."""
    name = clean_name(file.name or "")
    picture = opened(file, name, PHOTO)
    width, height = picture.size
    cut = min(width, height * 3 // 4)
    if cut < LEAST_PHOTO[0]:
        words = {"width": LEAST_PHOTO[0], "height": LEAST_PHOTO[1]}
        raise FileRefused(
            name,
            _("the picture is too small. It needs at least %(width)s × %(height)s pixels, upright.") % words,
        )
    return _kept(ImageOps.fit(picture, PHOTO, centering=FACE), name)


def scan(file: "File[bytes]") -> "ContentFile[bytes]":
    """A scan, whole and legible. Raises FileRefused with what is wrong with the file."""
    name = clean_name(file.name or "")
    picture = opened(file, name, SCAN)
    if max(picture.size) < LEAST_SCAN:
        raise FileRefused(
            name, _("the picture is too small to be read: it needs at least 600 pixels on its longer side.")
        )
    picture.thumbnail(SCAN)
    return _kept(picture, name)


def require_size(file: "File[bytes]", name: str) -> None:
    """Raises FileRefused for a file that is empty or of more than 10 MB."""
    if not file.size:
        raise FileRefused(name, _("it is empty."))
    if file.size > MAX_SIZE:
        language = get_language() or "en"
        words = {"size": file_size(file.size, language), "limit": file_size(MAX_SIZE, language)}
        raise FileRefused(name, _("its size is %(size)s, and the limit is %(limit)s.") % words)


def opened(file: "File[bytes]", name: str, wanted: tuple[int, int]) -> Image.Image:
    """The picture decoded, upright, in RGB on white. Raises FileRefused.

    Only two decoders are tried; a JPEG is decoded no larger than twice what is wanted.
    """
    require_size(file, name)
    file.seek(0)
    try:
        picture: Image.Image = Image.open(file, formats=["JPEG", "PNG"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except Exception as error:  # broken files make the library raise errors of many kinds
        raise FileRefused(name, _("its content is neither JPEG nor PNG.")) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels(name)
    try:
        picture.draft("RGB", (2 * wanted[0], 2 * wanted[1]))
        with _whole():
            picture.load()
        return _on_white(ImageOps.exif_transpose(picture))
    except Exception as error:  # as above
        raise FileRefused(name, _("it is damaged or incomplete.")) from error


@contextmanager
def _whole() -> Iterator[None]:
    """A picture that ends too early raises OSError here, though WeasyPrint tells Pillow to pass over that."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _on_white(picture: Image.Image) -> Image.Image:
    """In RGB; what is transparent becomes white."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which the conversion would cut off
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    over = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")


def _kept(picture: Image.Image, name: str) -> "ContentFile[bytes]":
    """A new JPEG file of the pixels alone: place, time and camera do not come along."""
    out = io.BytesIO()
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(out, "JPEG", quality=88)
    return ContentFile(out.getvalue(), f"{PurePosixPath(name).stem}.jpg")


def _too_many_pixels(name: str) -> FileRefused:
    return FileRefused(name, _("it has too many pixels. Reduce it to at most 50 megapixels."))
