"""What each glyph says to whoever hears, searches or copies a page (ISO 14289-1, 7.21.7).

WeasyPrint lets the last glyph of a cluster, such as a letter with its marks, say all of it, and those before nothing.
"""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pydyf
from fontTools.ttLib import TTFont
from weasyprint import Document
from weasyprint.text.fonts import get_hb_object_data

_SILENT = "\N{WORD JOINER}"
_read: dict[bytes, dict[int, str]] = {}


def spell(document: Document, pdf: Any) -> None:
    """Let each glyph say the sign that it is, and one that is only part of others nothing that is seen."""
    for font, written in zip(document.fonts.values(), _written(pdf), strict=True):
        if not all(map(_is_clear, font.to_unicode.values())):
            signs = _signs(font)
            changed = {
                _line(glyph, said): _line(glyph, _sign(said, signs.get(glyph, "")))
                for glyph, said in font.to_unicode.items()
            }
            written.stream = [changed.get(line, line) for line in written.stream]


def _is_clear(said: str) -> bool:
    return len(said) == 1 or (said != "" and not any(map(unicodedata.combining, said)))


def _sign(said: str, own: str) -> str:
    """What the glyph says: its own sign instead of the cluster that it is in, but not a ligature's old code."""
    return own if own and (not said or own in said) else said or _SILENT


def _signs(font: Any) -> dict[int, str]:
    """The sign of each glyph that is one by itself; read once for each font, which is never another under its name."""
    name = font.name.partition(b"+")[2]
    if name not in _read:
        table = TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)
        codes = sorted(table.getBestCmap().items(), reverse=True)
        _read[name] = {table.getGlyphID(glyph): chr(code) for code, glyph in codes}
    return _read[name]


def _written(pdf: Any) -> Iterator[Any]:
    """The tables of what glyphs say, in the order of the fonts."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"/CMapName /Adobe-Identity-UCS def" in stream.stream:
            yield stream


def _line(glyph: int, said: str) -> bytes:
    """As WeasyPrint writes it."""
    return f"<{glyph:04x}> <{said.encode('utf-16-be').hex()}>".encode()
