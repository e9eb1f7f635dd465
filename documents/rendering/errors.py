"""What can go wrong in rendering, as sentences for the secretariat."""

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError

from events.richtext import RichTextRefused

_NAMED = 20  # characters without a glyph that are spelled out


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
            f"{_visible(sign)} (U+{ord(sign):04X} {_name(sign)})" for sign in self.characters[:_NAMED]
        )
        message = ngettext(
            "No font of this site can print this character: %(characters)s.",
            "No font of this site can print these characters: %(characters)s.",
            len(self.characters),
        )
        super().__init__("missing_glyphs", message % {"characters": names})


@contextmanager
def clear_errors() -> Iterator[None]:
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
            _("Part of the document could not be drawn: %(reason)s.")
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


def _name(sign: str) -> str:
    return unicodedata.name(sign, _("without a name"))


def _visible(sign: str) -> str:
    return sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
