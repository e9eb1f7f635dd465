"""Add to a PDF what archiving and accessibility require and WeasyPrint does not write.

WeasyPrint writes either PDF/A-3a or PDF/UA-1, but a file may be both (ISO 19005-3, ISO 14289-1). The metadata
then names PDF/UA too, and describes that property, as PDF/A requires.
"""

import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from documents.rendering.errors import MissingGlyphs
from documents.rendering.glyphs import assign_characters
from documents.rendering.scripts import RIGHT_TO_LEFT

VARIANT = "pdf/a-3a"
INTENT = "--srgb"
"""The name of the output intent, as in CSS. It defines what the colours mean (ISO 19005-3, 6.2.3)."""

# Level of compression. WeasyPrint's level 9 makes files 1 % smaller and takes 10 % longer in all.
_EFFORT = 5
_END = b"</rdf:RDF>"
_PDF_UA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class Colours:
    """The attributes that WeasyPrint reads from a colour profile.

    WeasyPrint's own class reads the file again for every document and leaves it open. It also writes the profile
    with its library, whose output differs each time; here the bytes are those of the file.
    """

    name = "sRGB IEC61966-2.1"
    components = ("R", "G", "B")
    pdf_reference: bytes | None = None

    def __init__(self) -> None:
        self.content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


@cache
def colours() -> Colours:
    return Colours()


def finish(document: Document, pdf: Any, *, spare: int = 0) -> None:
    """Complete the PDF before it is written, and add `spare` unused objects (see `is_clear`). Raises MissingGlyphs."""
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        raise MissingGlyphs(missing)
    assign_characters(document, pdf)
    _name_languages(document, pdf)
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream):
            _adapt(stream)
    for _number in range(spare):
        pdf.add_object(pydyf.Dictionary())


def is_clear(pdf: bytes) -> bool:
    """Return True if no stream ends with a carriage return.

    A reader takes such a byte as part of the line break after the stream, and the length is then wrong (ISO
    19005-3, 6.1.7.1). `finish` corrects all streams except the last two, which are written after it. `render`
    therefore tries again with another number of spare objects, which changes these two.
    """
    return b"\r\nendstream" not in pdf


def _adapt(stream: Any) -> None:
    """Leave the metadata uncompressed, and switch off smoothing of images, which PDF/A does not allow.

    Other streams are compressed here so that none ends with a carriage return.
    """
    if stream.extra.get("Type") == "/Metadata":
        stream.compress = False
        stream.stream = [part.replace(_END, _PDF_UA + _END) for part in stream.stream]
    elif stream.extra.get("Subtype") == "/Image":
        stream.extra.pop("Interpolate", None)
    if stream.compress:
        whole = _joined(stream)
        if zlib.adler32(whole) % 256 == ord("\r"):  # the last byte of the compressed stream (RFC 1950)
            whole += b"\n"
            if "Length1" in stream.extra:
                stream.extra["Length1"] += 1
        stream.stream, stream.compress = [zlib.compress(whole, _EFFORT)], False
        stream.extra["Filter"] = "/FlateDecode"


def _joined(stream: Any) -> bytes:
    """Return the content of the stream before compression."""
    _before, _mark, written = pydyf.Stream(stream.stream).data.partition(b"stream\n")
    return bytes(written.removesuffix(b"\nendstream"))


def _name_languages(document: Document, pdf: Any) -> None:
    """Mark the language of each run of text in another script, and store its characters in reading order.

    Glyphs do not always tell the characters. Some viewers read a mark before the run from left to right, so for
    right-to-left scripts the text is stored in the structure element instead.
    """
    marks: dict[bytes, dict[int, Any]] = {}
    for box, element in zip(_spans(document), _span_elements(pdf), strict=True):
        if language := box.element.get("lang"):
            element["Lang"] = pydyf.String(language)
            marks = marks or _marks(pdf)
            for text, run in zip(_texts(box), _runs(element, pdf), strict=True):
                mark = run if language in RIGHT_TO_LEFT else marks[run["Pg"]][run["K"][0]]
                mark["ActualText"] = pydyf.String(text)


def _marks(pdf: Any) -> dict[bytes, dict[int, Any]]:
    """Return the beginning of each run of text, by the reference of its page and its number there (MCID)."""
    pages = {page: pdf.objects[int(page.split()[0])] for page in pdf.page_references}
    streams = {page: pdf.objects[int(made["Contents"].split()[0])].stream for page, made in pages.items()}
    return {
        page: {part["MCID"]: part for part in stream if isinstance(part, dict) and "MCID" in part}
        for page, stream in streams.items()
    }


def _texts(box: Any) -> list[str]:
    """Return the texts directly inside the box, in the order in which WeasyPrint writes their tags."""
    inside = (
        part for child in box.children for part in (child.children if isinstance(child, LineBox) else [child])
    )
    return [part.text for part in inside if isinstance(part, TextBox)]


def _runs(element: Any, pdf: Any) -> list[Any]:
    """Return the structure elements of these texts."""
    kids = (pdf.objects[int(kid.split()[0])] for kid in element["K"])
    return [kid for kid in kids if any(isinstance(number, int) for number in kid.get("K", ()))]


def _spans(document: Document) -> Iterator[Any]:
    """Yield the boxes of `<span>` elements, in the order in which WeasyPrint writes their tags."""
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if box.element_tag == "span" and not isinstance(box, (LineBox, TextBox)):
                yield box


def _span_elements(pdf: Any) -> Iterator[Any]:
    """Yield the structure elements of these boxes. Those with a number inside belong to runs of text."""
    for element in pdf.objects:
        if (
            isinstance(element, dict)
            and element.get("S") == "/Span"
            and not any(isinstance(kid, int) for kid in element["K"])
        ):
            yield element
