"""The fonts of papers: one list in a fixed order, read once by each process."""

import hashlib
import os
import re
from functools import cache
from pathlib import Path

from weasyprint.text.fonts import FontConfiguration

LIST = Path(__file__).parents[1] / "fonts" / "fonts.conf"
NEEDED = {
    "fonts-noto-core": {"NotoSerif-Regular.ttf", "NotoSans-Regular.ttf"},
    "fonts-noto-cjk": {"NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"},
}
"""The packages they come with, and by which files one sees that they are there."""

_CHECKSUMS = 8192  # bytes at the beginning of a font: its tables, each with the checksum of its content


@cache
def configuration() -> FontConfiguration:
    """The process's own: a new one for each letter costs time and is never given back.

    It reads our list only; fontconfig looks at the environment when it is asked for a configuration.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(LIST)
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def missing_packages() -> list[str]:
    """The packages that are to be installed before papers can be made."""
    names = {path.name for path in _files()}
    return [package for package, needed in NEEDED.items() if not needed <= names]


@cache
def fingerprint() -> str:
    """A hash that changes with the list and with any of its fonts, without reading all of their hundred megabytes."""
    digest = hashlib.sha256(LIST.read_bytes())
    for path in _files():
        with path.open("rb") as file:
            digest.update(f"{path.name} {path.stat().st_size}".encode() + file.read(_CHECKSUMS))
    return digest.hexdigest()


def _files() -> list[Path]:
    """The font files that our list accepts, in order of name."""
    text = LIST.read_text()
    folders, patterns = re.findall(r"<dir>(.+)</dir>", text), re.findall(r"<glob>\*/(.+)</glob>", text)
    return sorted(path for folder in folders for pattern in patterns for path in Path(folder).glob(pattern))
