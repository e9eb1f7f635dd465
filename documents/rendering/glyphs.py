"""Set the text that each glyph stands for when a page is read aloud, searched or copied (ISO 14289-1, 7.21.7).

In a cluster, such as a letter with its marks, WeasyPrint gives the whole text to the last glyph and none to the
others.
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


def assign_characters(document: Document, pdf: Any) -> None:
    """Give each glyph its own character. A glyph without one keeps its text, or gets an invisible character."""
    for font, written in zip(document.fonts.values(), _written(pdf), strict=True):
        if not all(map(_is_clear, font.to_unicode.values())):
            signs = _signs(font)
            changed = {
                _line(glyph, text): _line(glyph, _sign(text, signs.get(glyph, "")))
                for glyph, text in font.to_unicode.items()
            }
            written.stream = [changed.get(line, line) for line in written.stream]


def _is_clear(text: str) -> bool:
    return len(text) == 1 or (text != "" and not any(map(unicodedata.combining, text)))


def _sign(text: str, own: str) -> str:
    """Return the text of a glyph: its own character instead of the cluster, or else what WeasyPrint wrote.

    A character that is not part of the cluster is ignored: it is the old code of a ligature.
    """
    return own if own and (not text or own in text) else text or _SILENT


def _signs(font: Any) -> dict[int, str]:
    """Return the character of each glyph that has one. Each font is read once; its name always means the same font."""
    name = font.name.partition(b"+")[2]
    if name not in _read:
        table = TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)
        codes = sorted(table.getBestCmap().items(), reverse=True)
        _read[name] = {table.getGlyphID(glyph): chr(code) for code, glyph in codes}
    return _read[name]


def _written(pdf: Any) -> Iterator[Any]:
    """Yield the tables from glyphs to text, in the order of the fonts."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"/CMapName /Adobe-Identity-UCS def" in stream.stream:
            yield stream


def _line(glyph: int, text: str) -> bytes:
    """Return the table line of a glyph, exactly as WeasyPrint writes it."""
    return f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>".encode()
