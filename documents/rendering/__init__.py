"""Render a paper as PDF. The result depends only on the snapshot and its images.

The process has one font configuration, which two threads must not use at the same time. Hence the lock.
"""

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from threading import RLock

from django.template import Context, Engine, Template
from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML, Document
from weasyprint.text.ffi import harfbuzz_subset, pango

from documents.papers import PAPERS, Paper, content
from documents.papers.specimens import specimen
from documents.rendering import conformance, fonts
from documents.rendering.assets import AssetFetcher
from documents.rendering.errors import MissingGlyphs, RenderingError, clear_errors
from documents.rendering.printing import printable
from documents.rendering.scripts import mark_languages
from documents.rendering.symbols import qr_images

__all__ = (
    "MissingGlyphs",
    "Rendered",
    "RenderingError",
    "content_hash",
    "pages_at",
    "render",
    "require_engine",
    "warm_up",
)

_lock = RLock()
_TRIES = 5  # about one file in a hundred needs a second try


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, its number of pages and its SHA-256 in hexadecimal."""

    pdf: bytes
    pages: int
    sha256: str


def render(paper: Paper, images: Iterable[bytes] = ()) -> Rendered:
    """Return the paper as PDF/A-3a and PDF/UA-1. The same snapshot gives the same bytes. Raises RenderingError.

    `images` holds the bytes of all pictures that the snapshot names.
    """
    with _one_at_a_time(), clear_errors():
        pictures = list(images)
        tries = (_write_pdf(paper, pictures, spare) for spare in range(_TRIES))
        pdf, pages = next(made for made in tries if conformance.is_clear(made[0]))
    return Rendered(pdf, pages, hashlib.sha256(pdf).hexdigest())


def pages_at(paper: Paper, step: int, images: Iterable[bytes] = ()) -> int:
    """Return the number of pages of the paper at this size step. Raises RenderingError."""
    with _one_at_a_time(), clear_errors():
        return len(_lay_out(replace(paper, step=step), images).pages)


def content_hash(paper: Paper) -> str:
    """Return a SHA-256, in hexadecimal, of everything that decides how the paper looks.

    Reference, code and verification address are not included. The versions of engine and fonts and the templates
    are included, so equal hashes mean that two papers look the same.
    """
    text = json.dumps(content(paper), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((_engine_hash(paper.kind, paper.language) + text).encode()).hexdigest()


def require_engine() -> None:
    """Raises RenderingError, with a sentence for the operator, if a system library or a font is missing."""
    if harfbuzz_subset is None:
        raise RenderingError(
            "engine", "HarfBuzz-Subset is missing: install the package libharfbuzz-subset0.", permanent=False
        )
    if packages := " ".join(fonts.missing_packages()):
        raise RenderingError(
            "engine", f"Fonts of documents are missing: install {packages}.", permanent=False
        )


def warm_up() -> None:
    """Load everything that a letter needs before the worker forks, so that its children share the memory.

    Raises RenderingError.
    """
    require_engine()
    for letter in (specimen("letter", "en"), specimen("letter", "es")):
        render(letter)
        content_hash(letter)
    gc.collect()
    gc.freeze()


def _write_pdf(paper: Paper, images: Iterable[bytes], spare: int) -> tuple[bytes, int]:
    """Return the PDF, with `spare` unused objects in it, and its number of pages."""
    document = _lay_out(paper, images)
    finisher = partial(conformance.finish, spare=spare)
    pdf = document.write_pdf(
        pdf_variant=conformance.VARIANT, output_intent=conformance.INTENT, finisher=finisher
    )
    return pdf, len(document.pages)


def _lay_out(paper: Paper, images: Iterable[bytes]) -> Document:
    page = HTML(string=_html(paper), url_fetcher=AssetFetcher(images))
    page._ua_stylesheets = _base_style
    own = {"qr": paper.verify_url} if paper.verify_url else {}
    return page.render(
        cache=qr_images({**own, **paper.symbols}),
        font_config=fonts.configuration(),
        stylesheets=_style_sheets(paper.kind),
        color_profiles={conformance.INTENT: conformance.colours()},
        output_intent=conformance.INTENT,
        pdf_variant=conformance.VARIANT,
    )


def _template(kind: str) -> Template:
    return Engine.get_default().get_template(f"documents/{PAPERS[kind].template}")


def _html(paper: Paper) -> str:
    context = Context({"paper": printable(paper), "stored": paper})
    with translation.override(paper.language):
        html = _template(paper.kind).render(context)
    return _within_bounds(paper, mark_languages(_within_bounds(paper, html)))


def _within_bounds(paper: Paper, html: str) -> str:
    if len(html) > paper.max_html:
        raise RenderingError("too_large", _("The text is too long for this kind of document."))
    return html


@cache
def _base_style(_forms: bool = False) -> list[CSS]:
    """Return our style sheet, which replaces the default one of WeasyPrint."""
    return [_style_sheet(_base_text())]


@cache
def _style_sheets(kind: str) -> list[CSS]:
    return [_style_sheet(text) for text in _style_texts(kind)]


def _style_sheet(text: str) -> CSS:
    return CSS(string=text, font_config=fonts.configuration(), url_fetcher=AssetFetcher(()))


def _style_texts(kind: str) -> list[str]:
    template = Path(_template(kind).origin.name)
    shared = (template.with_name(name) for name in PAPERS[kind].styles)
    return [path.read_text() for path in (*shared, template.with_suffix(".css"))]


def _base_text() -> str:
    return Path(_template("letter").origin.name).with_name("base.css").read_text()


@cache
def _engine_hash(kind: str, language: str) -> str:
    """Return a hash of everything except the snapshot that decides how the paper looks.

    These are versions, fonts, style sheets, the template and its fixed words.
    """
    parts = [
        *(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "pyphen", "segno")),
        f"pango {pango.pango_version()}",
        fonts.fingerprint(),
        _base_text(),
        *_style_texts(kind),
        _template(kind).source,
        _html(specimen(kind, language)),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Allow one thread at a time, and switch off garbage collection in the block.

    A collection would check about a hundred thousand layout boxes that are all still in use.
    """
    with _lock:
        collecting = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collecting:
                gc.enable()
