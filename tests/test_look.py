"""Checks of the style sheets and assets: size, contrast, no external addresses, unmodified vendored files."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
STYLESHEETS = [STATIC / "css" / f"{name}.css" for name in ("tokens", "layout", "components")]

TEXT = 4.5  # WCAG 2.2, 1.4.3 at level AA
EDGE = 3.0  # WCAG 2.2, 1.4.11: edges of fields, the focus ring
PAIRS = [
    *[
        ("ink", ground, TEXT)
        for ground in ("paper", "paper-soft", "accent-soft", "good-soft", "warn-soft", "bad-soft")
    ],
    *[("ink-soft", ground, TEXT) for ground in ("paper", "paper-soft")],
    *[("accent", ground, TEXT) for ground in ("paper", "paper-soft", "accent-soft")],
    *[("accent-strong", ground, TEXT) for ground in ("paper", "paper-soft", "accent-soft")],
    *[("on-accent", ground, TEXT) for ground in ("accent", "accent-strong", "bad")],
    *[(state, ground, TEXT) for state in ("good", "warn", "bad") for ground in ("paper", f"{state}-soft")],
    *[("field-line", ground, EDGE) for ground in ("paper", "paper-soft")],
]

# Addresses that are only names and load nothing.
NAMES = ("http://www.w3.org/2000/svg",)


def tokens(scheme: str) -> dict[str, str]:
    """Return the colours of the light or the dark scheme, as #rrggbb by name."""
    light, dark, _print = re.split(r"@media [^{]+\{", STYLESHEETS[0].read_text())
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return colours | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else colours


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, from 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_colours_that_meet_have_enough_contrast(scheme: str, text: str, ground: str, least: float) -> None:
    colours = tokens(scheme)

    assert contrast(colours[text], colours[ground]) >= least


def test_dark_scheme_sets_every_colour_of_the_light_one() -> None:
    dark = re.split(r"@media [^{]+\{", STYLESHEETS[0].read_text())[1]

    assert set(re.findall(r"--([a-z-]+): #", dark)) == set(tokens("light"))


def test_stylesheets_together_stay_under_15_kb_compressed() -> None:
    weight = sum(len(gzip.compress(sheet.read_bytes())) for sheet in STYLESHEETS)

    assert weight <= 15 * 1024


def test_font_stays_under_25_kb() -> None:
    fonts = list((STATIC / "fonts").glob("*.woff2"))

    assert sum(font.stat().st_size for font in fonts) <= 25 * 1024


def test_every_token_that_a_stylesheet_uses_is_defined() -> None:
    defined = set(re.findall(r"--([a-z0-9-]+):", STYLESHEETS[0].read_text()))
    admin = (STATIC / "css" / "admin.css").read_text()
    used = {name for sheet in STYLESHEETS for name in re.findall(r"var\(--([a-z0-9-]+)", sheet.read_text())}
    used |= set(re.findall(r"var\(--([a-z0-9-]+)", admin)) - set(re.findall(r"--([a-z0-9-]+):", admin))

    assert used - defined == set()


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder, endings in ((STATIC, (".css", ".js", ".svg")), (TEMPLATES, (".html", ".css", ".svg")))
        for path in sorted(folder.rglob("*"))
        if path.suffix in endings and "vendor" not in path.parts
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_file_loads_nothing_from_elsewhere(path: Path) -> None:
    source = re.sub("|".join(map(re.escape, NAMES)), "", path.read_text())

    assert re.findall(r"""(?:src|href|url\(|@import)[=\s("']*((?:https?:)?//[^\s"')]+)""", source) == []


def vendored() -> list[tuple[str, str]]:
    rows = re.findall(
        r"^\| `([^`]+)` .* (sha384-\S+) \|$", (STATIC / "vendor" / "README.md").read_text(), re.M
    )
    return sorted(rows)


def test_every_vendored_file_is_listed() -> None:
    files = sorted(path.name for path in (STATIC / "vendor").iterdir() if path.name != "README.md")

    assert [name for name, _integrity in vendored()] == files


@pytest.mark.parametrize(("name", "integrity"), vendored())
def test_vendored_file_is_as_published(name: str, integrity: str) -> None:
    digest = hashlib.sha384((STATIC / "vendor" / name).read_bytes()).digest()

    assert f"sha384-{base64.b64encode(digest).decode()}" == integrity
