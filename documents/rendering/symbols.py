"""Draw QR symbols directly as rectangles. As SVG, one symbol takes as long as a page of text."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import segno


class Symbol:
    """A QR symbol of an address, without its quiet zone, with the methods that WeasyPrint calls on an image.

    Error correction level M: the symbol can still be read if the paper was folded there.
    """

    def __init__(self, address: str) -> None:
        self._rows = segno.make(address, error="m", micro=False, mask=0).matrix

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[int, int, float]:
        """Return width and height, in modules, and their ratio."""
        return len(self._rows), len(self._rows), 1.0

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Draw the symbol as black rectangles, one for each horizontal run of dark modules."""
        side = len(self._rows)
        stream.transform(a=width / side, d=height / side)
        stream.set_color_rgb(0, 0, 0)
        stream.stream.append("\n".join([*self._rectangles(), "f"]))

    def _rectangles(self) -> list[str]:
        rectangles = []
        for y, row in enumerate(self._rows):
            x = 0
            for is_dark, modules in groupby(row):
                length = len(list(modules))
                if is_dark:
                    rectangles.append(f"{x} {y} {length} 1 re")
                x += length
        return rectangles


def qr_images(symbols: Mapping[str, str]) -> dict[str, Symbol]:
    """Return the symbols by their `asset:` address, as WeasyPrint's image cache expects them."""
    return {f"asset:{name}": Symbol(address) for name, address in symbols.items()}
