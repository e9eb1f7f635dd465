"""Write SVG logos again from a short list of allowed elements and attributes.

There is no well-maintained library for this, and a logo needs only shapes and colours. Parts that are not visible
(scripts, animations, data of a drawing program) are left out. Visible parts that cannot be kept (text, pictures,
references, style sheets, gradients) are refused, because without them the logo would look different.
"""

import re
from collections.abc import Iterator
from math import inf, isfinite

from django.utils.translation import gettext as _
from lxml import etree

BEGINNING = 1000  # bytes that are read to recognise an SVG
MAX_BYTES = 200_000
MAX_SHAPES = 400  # a letter with more shapes takes noticeably longer to lay out
MAX_DRAWN = 2000  # as above, counting a clip path once for each shape that it clips
MAX_DEPTH = 15

SVG = "http://www.w3.org/2000/svg"
_DRAWN = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_KEPT = {"svg", "g", "defs", "clipPath", *_DRAWN}
_REFUSED = {"text", "image", "use", "style", "symbol", "pattern", "filter", "mask", "switch", "marker"}
_REFUSED |= {"linearGradient", "radialGradient"}  # WeasyPrint 70 does not fill a shape that uses a gradient
_GEOMETRY = "x y x1 x2 y1 y2 cx cy r rx ry width height d points viewBox"
_PAINT = (
    "fill fill-opacity fill-rule clip-path clip-rule color opacity visibility stroke stroke-width stroke-opacity "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset"
)
_OTHER = "id transform clipPathUnits"
_ATTRIBUTES = set(f"{_GEOMETRY} {_PAINT} {_OTHER}".split())
_FUNCTION = r"(?:rgba?|hsla?|matrix|translate|scale|rotate|skewX|skewY)\([\d\s.,%+e-]*\)"
_VALUE = re.compile(rf"(?:{_FUNCTION}|url\(#[\w.-]+\)|[\w\s.,#%+-])*+", re.ASCII)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in)?")


class VectorRefused(ValueError):
    """The SVG cannot be kept. The message continues “name.svg: …”."""


def is_svg(beginning: bytes) -> bool:
    """Return True if a file with this beginning claims to be an SVG."""
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg"))


def clean_svg(data: bytes) -> bytes:
    """Return the SVG with only the allowed parts; the same input gives the same bytes.

    Raises VectorRefused if the SVG is too large, damaged, empty or contains visible parts that cannot be kept.
    """
    if len(data) > MAX_BYTES:
        raise VectorRefused(
            _("it is too large: a logo has at most %(limit)d kB. Save it simplified.")
            % {"limit": MAX_BYTES // 1000}
        )
    drawing = _parse(data)
    box = _view_box(drawing)
    if not any(_name(one) in _DRAWN for one in drawing.iter()):
        raise VectorRefused(_("nothing is drawn in it."))
    made = _copy_allowed(drawing)
    if _number_drawn(made) > MAX_DRAWN:
        raise VectorRefused(_("it has too many shapes. Save it simplified, or as PNG."))
    made.set("viewBox", box)
    return etree.tostring(made)


def _parse(data: bytes) -> etree._Element:
    """Return the root element. Nothing outside the file is read, and no entity is expanded. Raises VectorRefused."""
    if b"<!ENTITY" in data:
        raise VectorRefused(_("it declares entities, which a drawing does not need."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise VectorRefused(_("it is damaged or not an SVG.")) from error
    if _name(root) != "svg":
        raise VectorRefused(_("it is damaged or not an SVG."))
    if sum(1 for _one in root.iter()) > MAX_SHAPES * 2 or _depth(root) > MAX_DEPTH:
        raise VectorRefused(_("it has too many shapes. Save it simplified, or as PNG."))
    for element in root.iter():
        if _name(element) in _REFUSED:
            raise VectorRefused(
                _(
                    "it contains <%(element)s>, which cannot be kept. Save it as plain paths and colours, or as PNG."
                )
                % {"element": _name(element)}
            )
    return root


def _copy_allowed(element: etree._Element) -> etree._Element:
    """Return a copy of the element with the allowed attributes and children; style declarations become attributes."""
    made = etree.Element(
        f"{{{SVG}}}{_name(element)}", nsmap={None: SVG} if element.getparent() is None else None
    )
    for name, value in _attributes(element):
        if name in _ATTRIBUTES and _VALUE.fullmatch(value):
            made.set(name, value)
    for child in element:
        if _name(child) in _KEPT and _name(child) != "svg" and not _is_hidden(child):
            made.append(_copy_allowed(child))
    return made


def _is_hidden(element: etree._Element) -> bool:
    return dict(_attributes(element)).get("display") == "none"


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes, then the style declarations: they come last because they take precedence."""
    for name, value in sorted(element.attrib.items()):
        yield str(name), str(value).strip()
    for declaration in str(element.get("style", "")).split(";"):
        name, _colon, value = declaration.partition(":")
        yield name.strip(), value.strip()


def _view_box(drawing: etree._Element) -> str:
    """Return the viewBox, or one made from width and height. Raises VectorRefused if there is no usable size."""
    numbers = str(drawing.get("viewBox", "")).replace(",", " ").split()
    if not numbers:
        sizes = [_SIZE.fullmatch(str(drawing.get(side, "")).strip()) for side in ("width", "height")]
        numbers = ["0", "0", *(size[1] for size in sizes if size)]
    try:
        left, top, width, height = map(float, numbers)
    except ValueError:
        left = top = width = height = 0.0
    if not (0 < width < 100_000 and 0 < height < 100_000 and isfinite(left + top)):
        raise VectorRefused(_("it does not say how large it is: it needs a viewBox."))
    return " ".join(numbers)


def _name(element: etree._Element) -> str:
    """Return the element's SVG name, or "" for comments and elements of other namespaces."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace in {SVG, None} else ""


def _number_drawn(drawing: etree._Element) -> float:
    """Return the maximum number of elements to lay out; infinity if a clip path is itself clipped."""
    clips = list(drawing.iter(f"{{{SVG}}}clipPath"))
    if any(element.get("clip-path") for clip in clips for element in clip.iter()):
        return inf
    largest = max((sum(1 for _one in clip.iter()) for clip in clips), default=0)
    return sum(1 + largest * bool(element.get("clip-path")) for element in drawing.iter())


def _depth(root: etree._Element) -> int:
    """Return how many levels of elements are nested."""
    deepest, level = 0, [root]
    while level:
        deepest += 1
        level = [child for one in level for child in one]
    return deepest
