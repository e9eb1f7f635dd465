"""Check that a drawing is visible on white paper: draw it once and look at what is painted."""

from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint.pdf.stream import Stream
from weasyprint.svg import SVG

MIN_DARKNESS = 32 / 255  # a visible colour is at least this much darker than white


def is_visible(drawing: bytes) -> bool:
    """Return True if WeasyPrint can draw this SVG and paints something visible inside its viewBox."""
    try:
        image = SVG(ElementTree.fromstring(drawing), None, None)  # noqa: S314  cleaned, without entities
        _left, _top, width, height = image.get_viewbox()
        canvas = _Canvas(width, height)
        image.draw(canvas, width, height, None, None)
    except Exception:  # any error here would be an empty place on a letter
        return False
    return canvas.has_ink


class _Canvas(Stream):  # type: ignore[misc]
    """A canvas for WeasyPrint that only remembers whether anything visible was painted."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__({}, None, {"ExtGState": {}}, {}, None, {}, None)
        self._width, self._height = width, height
        self._points: list[tuple[float, float]] = []
        self._last = (0.0, 0.0)
        self._darkness = {True: 0.0, False: 0.0}  # True: strokes, False: fills
        self._opacity = 1.0
        self._groups: dict[str, _Canvas] = {}
        self.has_ink = False

    def add_group(self, *_box: float) -> "_Canvas":
        group = _Canvas(self._width, self._height)
        group._ctm_stack, group.id = [self.ctm], f"x{len(self._groups)}"
        group.extra = pydyf.Dictionary({"BBox": pydyf.Array()})
        self._groups[group.id] = group
        return group

    def draw_x_object(self, key: str) -> None:
        self.has_ink |= self._groups[key].has_ink and self._opacity > MIN_DARKNESS

    def set_alpha(self, alpha: float, *arguments: Any, **named: Any) -> None:
        self._opacity = alpha

    def set_color(self, color: Any, stroke: bool = False) -> None:
        self._darkness[stroke] = color.alpha * (1 - min(color.to("srgb").coordinates))

    def move_to(self, *point: float) -> None:
        self._last = self.ctm.transform_point(*point)

    def line_to(self, *point: float) -> None:
        self._points.append(self._last)
        self.move_to(*point)
        self._points.append(self._last)

    def curve_to(self, *points: float) -> None:
        for place in range(0, len(points), 2):
            self.line_to(*points[place : place + 2])

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        self.move_to(x, y)
        for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
            self.line_to(*corner)

    def fill(self, even_odd: bool = False) -> None:
        self._paint(fills=True, strokes=False)

    def stroke(self) -> None:
        self._paint(fills=False, strokes=True)

    def fill_and_stroke(self, even_odd: bool = False) -> None:
        self._paint(fills=True, strokes=True)

    def end(self) -> None:
        self._points = []

    def _paint(self, *, fills: bool, strokes: bool) -> None:
        points, self._points = self._points, []
        across, down = zip(*points, strict=True) if points else ((0,), (0,))
        wide, high = max(across) - min(across), max(down) - min(down)
        inside = min(across) < self._width and max(across) > 0 and min(down) < self._height and max(down) > 0
        filled = fills and wide > 0 and high > 0 and self._darkness[False] > MIN_DARKNESS
        stroked = strokes and wide + high > 0 and self._darkness[True] > MIN_DARKNESS
        self.has_ink |= inside and (filled or stroked)
