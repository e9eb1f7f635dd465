"""What a PDF needs to be kept for decades and read by everyone, and WeasyPrint leaves out.

WeasyPrint writes either PDF/A-3a or PDF/UA-1. A file may be both (ISO 19005-3, ISO 14289-1): the second is named in the
metadata, with the description of that name which PDF/A asks for.
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
from documents.rendering.glyphs import spell
from documents.rendering.scripts import RIGHT_TO_LEFT

VARIANT = "pdf/a-3a"
INTENT = "--srgb"
"""What the colours mean (ISO 19005-3, 6.2.3), by the name that CSS would give it."""

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
    """What WeasyPrint asks of a colour profile. Its own is read, and its file left open, for every document.

    The bytes are the file's: written by the library that has read them they differ from one time to the next.
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
    """Called before the file is written, with so many objects more than it needs. Raises MissingGlyphs."""
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        raise MissingGlyphs(missing)
    spell(document, pdf)
    _name_languages(document, pdf)
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream):
            _adapt(stream)
    for _number in range(spare):
        pdf.add_object(pydyf.Dictionary())


def is_clear(pdf: bytes) -> bool:
    """Whether each stream ends where its length says: a carriage return at its end reads as part of the line break.

    PDF/A asks for the length without that break (ISO 19005-3, 6.1.7.1). `finish` sees to all streams but the last two.
    """
    return b"\r\nendstream" not in pdf


def _adapt(stream: Any) -> None:
    """The metadata readable without unpacking; images as they are, for PDF/A leaves no room to smooth them."""
    if stream.extra.get("Type") == "/Metadata":
        stream.compress = False
        stream.stream = [part.replace(_END, _PDF_UA + _END) for part in stream.stream]
    elif stream.extra.get("Subtype") == "/Image":
        stream.extra.pop("Interpolate", None)
    if stream.compress:
        whole = _joined(stream)
        if zlib.adler32(whole) % 256 == ord("\r"):  # its last byte once it is compressed (RFC 1950)
            whole += b"\n"
            if "Length1" in stream.extra:
                stream.extra["Length1"] += 1
        stream.stream, stream.compress = [zlib.compress(whole, _EFFORT)], False
        stream.extra["Filter"] = "/FlateDecode"


def _joined(stream: Any) -> bytes:
    """What is in the stream, as it will be compressed."""
    _before, _mark, written = pydyf.Stream(stream.stream).data.partition(b"stream\n")
    return bytes(written.removesuffix(b"\nendstream"))


def _name_languages(document: Document, pdf: Any) -> None:
    """Write down in which language a name is, and its letters in their order, which glyphs do not always tell.

    Some viewers take what stands before a run for written from the left; what runs from the right stands with its tag.
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
    """What begins each run of text: by the reference of its page and its number there."""
    pages = {page: pdf.objects[int(page.split()[0])] for page in pdf.page_references}
    streams = {page: pdf.objects[int(made["Contents"].split()[0])].stream for page, made in pages.items()}
    return {
        page: {part["MCID"]: part for part in stream if isinstance(part, dict) and "MCID" in part}
        for page, stream in streams.items()
    }


def _texts(box: Any) -> list[str]:
    """Those of the box itself, in the order in which WeasyPrint writes their tags."""
    inside = (
        part for child in box.children for part in (child.children if isinstance(child, LineBox) else [child])
    )
    return [part.text for part in inside if isinstance(part, TextBox)]


def _runs(element: Any, pdf: Any) -> list[Any]:
    """The tags of these texts."""
    kids = (pdf.objects[int(kid.split()[0])] for kid in element["K"])
    return [kid for kid in kids if any(isinstance(number, int) for number in kid.get("K", ()))]


def _spans(document: Document) -> Iterator[Any]:
    """The boxes of `<span>`, in the order in which WeasyPrint writes their tags."""
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if box.element_tag == "span" and not isinstance(box, (LineBox, TextBox)):
                yield box


def _span_elements(pdf: Any) -> Iterator[Any]:
    """The tags of these boxes; those with a number inside are of runs of text."""
    for element in pdf.objects:
        if (
            isinstance(element, dict)
            and element.get("S") == "/Span"
            and not any(isinstance(kid, int) for kid in element["K"])
        ):
            yield element
