"""Check which files are accepted. The type is detected from the content, and the file's extension must match it.

This does not prove that a file is safe, so files are also sent as downloads and not shown in the page.
"""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import filetype
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image

from attachments import compound
from attachments.sizes import file_size

MAX_NAME = 200
INVISIBLE = {"Cc", "Cf", "Cs"}  # Unicode categories: controls, format characters, surrogates
JOINERS = "\u200c\u200d"
MAX_PIXELS = 100_000_000
MAX_ENTRIES = 20_000  # most entries of an archive
MAX_MANIFEST = 1024 * 1024  # most bytes to read from an archive's manifest
TAIL = 2048  # bytes at the end of a PDF that must contain %%EOF

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: its extension, media type and usual name."""

    extension: str
    content_type: str
    label: str


_ALL = (
    FileType("pdf", "application/pdf", "PDF"),
    FileType("doc", "application/msword", "Word"),
    FileType("docx", f"{_OFFICE}.wordprocessingml.document", "Word"),
    FileType("ppt", "application/vnd.ms-powerpoint", "PowerPoint"),
    FileType("pptx", f"{_OFFICE}.presentationml.presentation", "PowerPoint"),
    FileType("xls", "application/vnd.ms-excel", "Excel"),
    FileType("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "Excel"),
    FileType("odt", f"{_ODF}.text", "OpenDocument"),
    FileType("odp", f"{_ODF}.presentation", "OpenDocument"),
    FileType("ods", f"{_ODF}.spreadsheet", "OpenDocument"),
    FileType("jpg", "image/jpeg", "JPEG"),
    FileType("png", "image/png", "PNG"),
    FileType("zip", "application/zip", "ZIP"),
)
TYPES = {one.extension: one for one in _ALL}
_SAME = {"jpeg": "jpg", "jpe": "jpg"}

_STREAMS = {"WordDocument": "doc", "PowerPoint Document": "ppt", "Workbook": "xls", "Book": "xls"}
_MAIN_PARTS = {  # ECMA-376, part 1: media types of the main part; templates and files with macros have others
    one.extension: f"{one.content_type}.main+xml".encode()
    for one in _ALL
    if one.content_type.startswith(_OFFICE)
}
_ODF_TYPES = {one.content_type.encode(): one.extension for one in _ALL if one.content_type.startswith(_ODF)}


class FileRefused(ValueError):
    """A file is not accepted. `name` is the file's name; `reason` completes the sentence “… was not accepted: …”."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(_("“%(name)s” was not accepted: %(reason)s") % {"name": name, "reason": reason})
        self.name, self.reason = name, reason


def clean_name(name: str) -> str:
    """Return the name for downloads: without path, invisible or direction characters; at most MAX_NAME characters.

    All scripts are allowed. The two joiners that Persian and Indic scripts need are the only invisible characters kept.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    words = " ".join(last.split())
    visible = "".join(
        sign for sign in words if sign in JOINERS or unicodedata.category(sign) not in INVISIBLE
    )
    path = PurePosixPath(visible.strip(". ") or _("file without a name"))
    return path.stem[: MAX_NAME - len(path.suffix[:20])].rstrip() + path.suffix[:20]


def detect_type(file: "File[bytes]", name: str) -> FileType:
    """Return the type of a file with a cleaned name. Raises FileRefused, with the reason, if it is not accepted."""
    if not file.size:
        raise FileRefused(name, _("it is empty."))
    if file.size > settings.UPLOAD_LIMIT:
        raise FileRefused(name, _too_large(file.size))
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    named = TYPES.get(_SAME.get(extension, extension))
    if named is None:
        raise FileRefused(
            name, _("files of this type are not accepted. Accepted are %(types)s.") % {"types": _types()}
        )
    detected = _recognise(file)
    if detected is None:
        raise FileRefused(name, _("its content is not %(type)s.") % {"type": named.label})
    if detected != named:
        words = {"found": f"{detected.label} (.{detected.extension})", "extension": extension}
        raise FileRefused(name, _("its content is %(found)s, but its name ends in .%(extension)s.") % words)
    if not _is_whole(file, detected):
        raise FileRefused(name, _("it is damaged or incomplete."))
    return detected


def _recognise(file: "File[bytes]") -> FileType | None:
    """Return the type of the content; None if it is not an accepted type or cannot be read."""
    file.seek(0)
    head = file.read(8192)
    try:
        if head.startswith(b"PK\x03\x04"):
            return TYPES.get(_archive_kind(file) or "")
        if head.startswith(compound.MAGIC):
            return TYPES.get(_compound_kind(file) or "")
    except Exception:  # the libraries raise many kinds of errors for broken archives
        return None
    guessed = filetype.guess(head)
    if guessed is None or guessed.extension not in {"pdf", "jpg", "png"}:
        return None
    return TYPES[guessed.extension] if guessed.extension != "pdf" or head.startswith(b"%PDF-") else None


def _archive_kind(file: IO[bytes]) -> str | None:
    """Return docx, odt, …, or zip for any other archive; None if it is empty, too large or contains macros."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if not names or len(names) > MAX_ENTRIES or any(name.endswith("vbaProject.bin") for name in names):
            return None
        if "[Content_Types].xml" in names:
            parts = _part(archive, "[Content_Types].xml")
            return next((kind for kind, part in _MAIN_PARTS.items() if part in parts), None)
        return _ODF_TYPES.get(_part(archive, "mimetype")) if names[0] == "mimetype" else "zip"


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MAX_MANIFEST)


def _compound_kind(file: IO[bytes]) -> str | None:
    """Return doc, ppt or xls, by the top-level stream that only that program writes."""
    names = compound.top_names(file)
    return next((kind for name, kind in _STREAMS.items() if name in names), None)


def _is_whole(file: "File[bytes]", found: FileType) -> bool:
    if found.extension == "pdf":
        file.seek(max(0, file.size - TAIL))
        return b"%%EOF" in file.read(TAIL)
    return found.extension not in {"jpg", "png"} or _is_picture(file, found)


def _is_picture(file: "File[bytes]", found: FileType) -> bool:
    """Return True if the picture can be decoded. Only two decoders are allowed; the size is checked first."""
    file.seek(0)
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                return False
            picture.verify()
    except Exception:  # as above
        return False
    return True


def _too_large(size: int) -> str:
    language = get_language() or "en"
    return _("its size is %(size)s, and the limit is %(limit)s.") % {
        "size": file_size(size, language),
        "limit": file_size(settings.UPLOAD_LIMIT, language),
    }


def _types() -> str:
    return ", ".join(dict.fromkeys(one.label for one in _ALL))
