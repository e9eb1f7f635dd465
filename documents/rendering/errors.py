"""Turn errors of rendering into sentences for the secretariat."""

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

_NAMED = 20  # missing characters that the message lists


class RenderingError(Exception):
    """The paper cannot be made.

    `code` is for the row, `message` is a sentence for the secretariat, `permanent` means that a retry cannot
    help.
    """

    def __init__(self, code: str, message: str, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.code, self.message, self.permanent = code, message, permanent


class MissingGlyphs(RenderingError):
    """No font has these characters. They would be printed as empty boxes, for example in a name."""

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
    """Raise RenderingError, with a sentence, for errors that a hostile or broken snapshot causes.

    FatalURLFetchingError is named separately, because it is not a subclass of Exception.
    """
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
    """Collects what WeasyPrint only logs as an error, such as an image that it cannot draw and leaves out."""

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
