"""A paper as PDF: a pure function of its snapshot and its images.

One font configuration serves the process: a new one for every letter costs time and is never given back.
It must not be used by two threads at once, hence the lock.
"""

import gc
import hashlib
import json
import logging
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from html import unescape
from importlib.metadata import version
from pathlib import Path
from threading import RLock
from typing import Any, Self

from django.template import Context, Engine, Template
from django.utils import translation
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from weasyprint import CSS, HTML, Document
from weasyprint.logger import LOGGER
from weasyprint.text.ffi import harfbuzz_subset, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from documents.assets import AssetFetcher, qr_svg
from documents.papers import PAPERS, Paper, content
from documents.specimens import specimen
from events.richtext import RichTextRefused, check

FONTS = Path(__file__).parent / "fonts" / "fonts.conf"
VARIANT = "pdf/ua-1"

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"(<[^>]+>)")
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.+-]+@)[^\s<]+")
_AFTER_PART = re.compile(r"(?:(?<=[/?=])|(?<=&amp;))(?=\w)")
_HEADING = re.compile(r"<(/?)h[34]>")
_lock = RLock()


class RenderingError(Exception):
    """Why a paper cannot be made: a code for the row, a sentence for the secretariat, whether a retry is in vain."""

    def __init__(self, code: str, message: str, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.code, self.message, self.permanent = code, message, permanent


class MissingGlyphs(RenderingError):
    """Characters that no font has: printed they would be empty boxes, perhaps in somebody's name."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(set(characters)))
        names = ", ".join(
            f"{_visible(sign)} (U+{ord(sign):04X} {_name(sign)})" for sign in self.characters[:20]
        )
        message = ngettext(
            "No font of this site can print this character: %(characters)s.",
            "No font of this site can print these characters: %(characters)s.",
            len(self.characters),
        )
        super().__init__("missing_glyphs", message % {"characters": names})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file, its number of pages and the SHA-256 of its bytes in hexadecimal."""

    pdf: bytes
    pages: int
    sha256: str


def render(paper: Paper, images: Iterable[bytes] = ()) -> Rendered:
    """The paper as PDF/UA-1, the same bytes for the same snapshot. Raises RenderingError.

    `images` holds the bytes of every signature that the snapshot names.
    """
    with _undisturbed(), _clear_errors():
        document = _lay_out(paper, images)
        pdf = document.write_pdf(pdf_variant=VARIANT, finisher=_refuse_missing_glyphs)
    return Rendered(pdf, len(document.pages), hashlib.sha256(pdf).hexdigest())


def pages_at(paper: Paper, step: int, images: Iterable[bytes] = ()) -> int:
    """How many pages the paper takes at that step of size, before or after it has its code. Raises RenderingError."""
    with _undisturbed(), _clear_errors():
        return len(_lay_out(replace(paper, step=step), images).pages)


def content_hash(paper: Paper) -> str:
    """SHA-256, in hexadecimal, of all that decides how the paper looks but its reference, code and their address.

    Two papers with the same hash say the same; so it holds the versions of engine and fonts, and the templates.
    """
    said = json.dumps(content(paper), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((_engine(paper.kind, paper.language) + said).encode()).hexdigest()


def require_engine() -> None:
    """Raises RenderingError with a sentence for the operator when a system library or a font is missing."""
    if harfbuzz_subset is None:
        raise RenderingError(
            "engine", "HarfBuzz-Subset is missing: install the package libharfbuzz-subset0.", permanent=False
        )
    names = {path.name for path in _font_files()}
    if not {"NotoSerif-Regular.ttf", "NotoSans-Regular.ttf"} <= names:
        raise RenderingError(
            "engine", "The fonts of papers are missing: install the package fonts-noto-core.", permanent=False
        )


def warm() -> None:
    """Load everything a letter needs before a worker forks, so that its children share it. Raises RenderingError."""
    require_engine()
    for language in ("en", "es"):
        render(specimen("letter", language))
    gc.collect()
    gc.freeze()


def _lay_out(paper: Paper, images: Iterable[bytes]) -> Document:
    html = _html(paper)
    if len(html) > paper.max_html:
        raise RenderingError("too_large", _("The text is too long for this kind of document."))
    fetcher = AssetFetcher(images, qr_svg(paper.verify_url) if paper.verify_url else b"")
    return HTML(string=html, url_fetcher=fetcher).render(
        font_config=_fonts(), stylesheets=_style_sheets(paper.kind), pdf_variant=VARIANT
    )


def _template(kind: str) -> Template:
    return Engine.get_default().get_template(f"documents/{PAPERS[kind].template}")


def _html(paper: Paper) -> str:
    context = Context({"paper": _printable(paper), "stored": paper})
    with translation.override(paper.language):
        return _template(paper.kind).render(context)


@cache
def _fonts() -> FontConfiguration:
    """Reads our own list of fonts; fontconfig looks at the environment when it is asked for a configuration."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS)
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _style_sheets(kind: str) -> list[CSS]:
    refuse = AssetFetcher((), b"")
    return [CSS(string=text, font_config=_fonts(), url_fetcher=refuse) for text in _style_texts(kind)]


def _style_texts(kind: str) -> list[str]:
    template = Path(_template(kind).origin.name)
    shared = (template.with_name(name) for name in PAPERS[kind].styles)
    return [path.read_text() for path in (*shared, template.with_suffix(".css"))]


@cache
def _engine(kind: str, language: str) -> str:
    """Hash of what decides the bytes beside the snapshot: versions, fonts, style, template and its fixed words."""
    digest = hashlib.sha256()
    parts = [
        *(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "pyphen", "segno")),
        f"pango {pango.pango_version()}",
        FONTS.read_text(),
        *_style_texts(kind),
        _template(kind).source,
        _html(specimen(kind, language)),
    ]
    for part in parts:
        digest.update(part.encode())
    for path in _font_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _font_files() -> list[Path]:
    """The font files that our configuration accepts, in order of name."""
    folder, *globs = re.findall(r"<dir>(.+)</dir>|<glob>\*/(.+)</glob>", FONTS.read_text())
    return sorted(path for _, glob in globs for path in Path(folder[0]).glob(glob))


def _printable(value: Any) -> Any:
    """The snapshot with its rich text made safe and fit for paper; all else is escaped by the template."""
    if isinstance(value, tuple):
        return tuple(_printable(part) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value,
        **{
            field.name: _on_paper(part) if field.name.endswith("_html") else _printable(part)
            for field in fields(value)
            if (part := getattr(value, field.name))
        },
    )


def _on_paper(html: str) -> SafeString:
    """Clean rich text whose headings do not break the outline and whose links are followed by their address."""
    clean = _HEADING.sub(lambda tag: "</p>" if tag[1] else '<p class="heading">', check(html))
    parts = _TAG.split(_LINK.sub(_with_address, clean))
    return mark_safe(  # noqa: S308  cleaned above
        "".join(part if part.startswith("<") else _ADDRESS.sub(_breakable, part) for part in parts)
    )


def _with_address(link: re.Match[str]) -> str:
    """Each run of text a link of its own, for a tag inside a link breaks its tags for screen readers; the address."""
    runs = "".join(
        run if run.startswith("<") or not run.strip() else f'<a href="{link[1]}">{run}</a>'
        for run in _TAG.split(link[2])
    )
    address = unescape(link[1]).removeprefix("mailto:")
    if _bare(strip_tags(link[2])) == _bare(address):
        return runs
    return f'{runs} <span class="address">({escape(address)})</span>'


def _breakable(address: re.Match[str]) -> str:
    """Broken after its own / ? & = only: of a hyphen that ends a line nobody knows whether it belongs to it."""
    return _AFTER_PART.sub("\N{ZERO WIDTH SPACE}", address[0].replace("-", "-\N{WORD JOINER}"))


def _bare(address: str) -> str:
    return unescape(address).strip().casefold().removeprefix("https://").removeprefix("www.").rstrip("/")


def _refuse_missing_glyphs(document: Document, pdf: Any) -> None:
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        raise MissingGlyphs(missing)


def _name(sign: str) -> str:
    return unicodedata.name(sign, _("without a name"))


def _visible(sign: str) -> str:
    return sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """One thread at a time, and no collector walking over a hundred thousand boxes that are all still in use."""
    with _lock:
        collecting = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collecting:
                gc.enable()


@contextmanager
def _clear_errors() -> Iterator[None]:
    """What can go wrong with a hostile or broken snapshot, as sentences; FatalURLFetchingError is no Exception."""
    with _Complaints() as complaints:
        try:
            yield
        except FatalURLFetchingError as error:
            raise RenderingError(
                "forbidden_address",
                _("The document asks for something outside it: %(address)s.") % {"address": error},
            ) from error
        except RichTextRefused as error:
            raise RenderingError("too_large", str(error)) from error
        except RecursionError as error:
            raise RenderingError("too_deep", _("The text is nested too deeply to be laid out.")) from error
    if complaints.heard:
        raise RenderingError(
            "incomplete",
            _("Something of the document could not be drawn: %(reason)s.")
            % {"reason": "; ".join(complaints.heard)},
        )


class _Complaints(logging.Handler):
    """Listens to what WeasyPrint calls an error and yet leaves out, such as an image that it cannot draw."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())

    def __enter__(self) -> Self:
        LOGGER.addHandler(self)
        return self

    def __exit__(self, *_error: object) -> None:
        LOGGER.removeHandler(self)
