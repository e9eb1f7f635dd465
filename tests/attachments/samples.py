"""Small files of every accepted type, and parts for hostile ones."""

import io
import struct
import zipfile

from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def pdf(content: bytes = b"1 0 obj <</Type/Catalog>> endobj\n") -> bytes:
    return b"%PDF-1.7\n" + content + b"trailer <</Root 1 0 R>>\n%%EOF\n"


def archive(**members: bytes | str) -> bytes:
    """A ZIP with these members; two underscores in a name stand for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def office(kind: str, part: str, **more: bytes) -> bytes:
    """A docx, pptx or xlsx file, depending on the media type of its main part."""
    types = f'<Types><Override PartName="/{part}" ContentType="{OFFICE}.{kind}.main+xml"/></Types>'
    return archive(**{"[Content_Types].xml": types, part: "<x/>"}, **more)


def opendocument(kind: str) -> bytes:
    return archive(mimetype=f"{ODF}.{kind}", **{"content.xml": "<x/>"})


def picture(form: str, size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form)
    return out.getvalue()


def compound(*streams: str, inside: tuple[str, ...] = (), chain: int = END) -> bytes:
    """A compound file with these streams at the top level and others in a storage.

    `chain` is the sector that follows the last one of the directory.
    """
    names = ["Root Entry", *streams, *(("ObjectPool", *inside) if inside else ())]
    sectors = (len(names) + 3) // 4
    header = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<8I", 0, 1, 1, 0, 4096, END, 0, END) + struct.pack("<I", 0) + struct.pack("<I", 0)
    header += struct.pack("<108I", *[FREE] * 108)
    following = [*range(2, sectors + 1), chain]
    table = struct.pack("<128I", TABLE, *following, *[FREE] * (127 - sectors))
    return header + table + _directory(names, len(streams) + bool(inside)).ljust(sectors * 512, b"\0")


def _directory(names: list[str], at_the_top: int) -> bytes:
    """Directory entries, each linked to the next as its right sibling.

    The last entry at the top level is the storage that holds the other entries.
    """
    entries = []
    for number, name in enumerate(names):
        last = number in {0, at_the_top, len(names) - 1}
        right = FREE if last else number + 1
        holds = number == 0 or (number == at_the_top and at_the_top < len(names) - 1)
        child = number + 1 if holds and number + 1 < len(names) else FREE
        spelled = name.encode("utf-16-le") + b"\0\0"
        entry = struct.pack("<64sHBB3I", spelled, len(spelled), 1, 1, FREE, right, child)
        entries.append(entry.ljust(128, b"\0"))
    return b"".join(entries)


ACCEPTED = {
    "pdf": pdf(),
    "doc": compound("1Table", "WordDocument"),
    "ppt": compound("Current User", "PowerPoint Document"),
    "xls": compound("Workbook"),
    "docx": office("wordprocessingml.document", "word/document.xml"),
    "pptx": office("presentationml.presentation", "ppt/presentation.xml"),
    "xlsx": office("spreadsheetml.sheet", "xl/workbook.xml"),
    "odt": opendocument("text"),
    "odp": opendocument("presentation"),
    "ods": opendocument("spreadsheet"),
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "zip": archive(readme="Several files."),
}
