"""Pictures as users upload them, and hostile ones."""

import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

UPRIGHT = (900, 1200)


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def portrait(form: str = "JPEG", size: tuple[int, int] = UPRIGHT, mode: str = "RGB", **options: Any) -> bytes:
    return encoded(Image.new(mode, size), form, **options)


def uploaded(data: bytes, name: str = "portrait.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def halves(size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A picture that is red on the left and blue on the right, to show how it is turned."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def header_bomb(side: int = 20_000) -> bytes:
    """A PNG of a few bytes whose header declares this many pixels on each side."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND")
    )


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
