"""Pictures as they are stored: small JPEG files without any metadata.

A portrait is cropped to 3:4 (the ratio that FAO and UNOG publish for badges); a scan is not cropped.
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
PHOTO = (600, 800)  # pixels of a stored portrait
LEAST_PHOTO = (300, 400)  # minimum pixels of a portrait after cropping
SCAN = (2480, 2480)  # maximum pixels of a scan: the longer side of A4 at 210 dots per inch
LEAST_SCAN = 600  # minimum pixels of the longer side of a scan, to be legible
FACE = (0.5, 0.35)  # centre of a crop, from the left and from the top: faces are above the middle


def photo(file: "File[bytes]") -> "ContentFile[bytes]":
    """A portrait of 600 × 800 pixels. Raises FileRefused, which says what is wrong with the file."""
    name = clean_name(file.name or "")
    picture = decode_picture(file, name, PHOTO)
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
    """A complete and legible scan. Raises FileRefused, which says what is wrong with the file."""
    name = clean_name(file.name or "")
    picture = decode_picture(file, name, SCAN)
    if max(picture.size) < LEAST_SCAN:
        raise FileRefused(
            name, _("the picture is too small to be read: it needs at least 600 pixels on its longer side.")
        )
    picture.thumbnail(SCAN)
    return _kept(picture, name)


def require_size(file: "File[bytes]", name: str) -> None:
    """Raises FileRefused if the file is empty or larger than 10 MB."""
    if not file.size:
        raise FileRefused(name, _("it is empty."))
    if file.size > MAX_SIZE:
        language = get_language() or "en"
        words = {"size": file_size(file.size, language), "limit": file_size(MAX_SIZE, language)}
        raise FileRefused(name, _("its size is %(size)s, and the limit is %(limit)s.") % words)


def decode_picture(file: "File[bytes]", name: str, wanted: tuple[int, int]) -> Image.Image:
    """The decoded picture, upright, in RGB on a white background. Raises FileRefused.

    Only two decoders are allowed. A JPEG is decoded at no more than twice the wanted size.
    """
    require_size(file, name)
    file.seek(0)
    try:
        picture: Image.Image = Image.open(file, formats=["JPEG", "PNG"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except Exception as error:  # for broken files, Pillow raises exceptions of many types
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
    """Make Pillow raise OSError for a truncated picture; WeasyPrint sets Pillow to accept them."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in RGB; transparent pixels become white."""
    if picture.mode.startswith("I"):  # 16-bit grey, which `convert` would clip
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    over = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")


def _kept(picture: Image.Image, name: str) -> "ContentFile[bytes]":
    """A new JPEG file of the pixels only, without place, time and camera."""
    out = io.BytesIO()
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(out, "JPEG", quality=88)
    return ContentFile(out.getvalue(), f"{PurePosixPath(name).stem}.jpg")


def _too_many_pixels(name: str) -> FileRefused:
    return FileRefused(name, _("it has too many pixels. Reduce it to at most 50 megapixels."))
