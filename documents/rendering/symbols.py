"""QR symbols that draw themselves: as SVG one takes as long to read and draw as a page's worth of text."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import segno


class Symbol:
    """What WeasyPrint asks of an image: a QR symbol of the address, without its quiet zone.

    Error level M: it is still read with a fold through it.
    """

    def __init__(self, address: str) -> None:
        self._rows = segno.make(address, error="m", micro=False, mask=0).matrix

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[int, int, float]:
        """Width, height and their ratio: as many units as it has modules."""
        return len(self._rows), len(self._rows), 1.0

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Write it to the page as black rectangles, a run of modules each."""
        side = len(self._rows)
        stream.transform(a=width / side, d=height / side)
        stream.set_color_rgb(0, 0, 0)
        stream.stream.append("\n".join([*self._rectangles(), "f"]))

    def _rectangles(self) -> list[str]:
        found = []
        for y, row in enumerate(self._rows):
            x = 0
            for is_dark, modules in groupby(row):
                length = len(list(modules))
                if is_dark:
                    found.append(f"{x} {y} {length} 1 re")
                x += length
        return found


def drawn(symbols: Mapping[str, str]) -> dict[str, Symbol]:
    """The symbols by the addresses under which a page asks for them, as WeasyPrint's cache of images has them."""
    return {f"asset:{name}": Symbol(address) for name, address in symbols.items()}
