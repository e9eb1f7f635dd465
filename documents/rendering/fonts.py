"""The fonts of papers: a fixed list, read once by each process."""

import hashlib
import os
import re
from functools import cache
from pathlib import Path

from weasyprint.text.fonts import FontConfiguration

FONT_LIST = Path(__file__).parents[1] / "fonts" / "fonts.conf"
NEEDED = {
    "fonts-noto-core": {"NotoSerif-Regular.ttf", "NotoSans-Regular.ttf"},
    "fonts-noto-cjk": {"NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"},
}
"""The required font packages, and the files that show that a package is installed."""

_CHECKSUMS = 8192  # bytes at the beginning of a font: its table directory, with a checksum of each table


@cache
def configuration() -> FontConfiguration:
    """Return the font configuration of this process.

    There is only one, because creating one for each letter is slow and its memory is never freed. fontconfig
    reads the environment at this moment, so the variable is set only here: only our list of fonts is used.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONT_LIST)
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def missing_packages() -> list[str]:
    """Return the font packages that must be installed before papers can be made."""
    names = {path.name for path in _files()}
    return [package for package, needed in NEEDED.items() if not needed <= names]


@cache
def fingerprint() -> str:
    """Return a hash that changes with the list and with any of its fonts.

    It reads only the beginning of each font: together the files have more than a hundred megabytes.
    """
    digest = hashlib.sha256(FONT_LIST.read_bytes())
    for path in _files():
        with path.open("rb") as file:
            digest.update(f"{path.name} {path.stat().st_size}".encode() + file.read(_CHECKSUMS))
    return digest.hexdigest()


def _files() -> list[Path]:
    """Return the font files that our list accepts, sorted by path."""
    text = FONT_LIST.read_text()
    folders, patterns = re.findall(r"<dir>(.+)</dir>", text), re.findall(r"<glob>\*/(.+)</glob>", text)
    return sorted(path for folder in folders for pattern in patterns for path in Path(folder).glob(pattern))
