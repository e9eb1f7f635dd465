"""QR symbols are drawn correctly, module by module."""

import re

import pydyf
import pytest
import segno

from documents.rendering.symbols import Symbol, qr_images


@pytest.mark.parametrize("address", ["https://convoca.example/verify/7K3M-9QXT-4VHA-P2DN/", "x"])
def test_symbol_covers_exactly_its_dark_modules(address: str) -> None:
    stream = pydyf.Stream()
    stream.transform = lambda **_scale: None

    Symbol(address).draw(stream, 45, 45, None)

    runs = re.findall(r"(\d+) (\d+) (\d+) 1 re", str(stream.stream[-1]))
    dark = {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}
    matrix = segno.make(address, error="m", micro=False, mask=0).matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}


def test_symbol_is_as_wide_as_high() -> None:
    assert Symbol("x").get_intrinsic_size(1, 10) == (21, 21, 1.0)


def test_symbols_are_asked_for_by_their_names() -> None:
    assert list(qr_images({"qr": "x", "qr-1": "y"})) == ["asset:qr", "asset:qr-1"]
