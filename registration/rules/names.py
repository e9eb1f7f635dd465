"""Check what a name or a line of text contains; used by forms, services, imports and the admin."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Invisible characters in pasted names: soft hyphen, zero-width space, marks and embeddings of direction.
CARRIED_ALONG = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]"
)
JOINERS = "\u200c\u200d"  # Persian, Hindi and other scripts need these
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def tidy(text: str) -> str:
    """The text on one line, in NFC, without outer spaces and invisible characters.

    Raises ValidationError for unprintable characters: control characters, direction overrides, private use.
    """
    text = CARRIED_ALONG.sub("", unicodedata.normalize("NFC", " ".join(text.split())))
    return _printable(text).strip()


def tidy_lines(text: str) -> str:
    """Apply `tidy` to each line of the text. Raises ValidationError."""
    return "\n".join(tidy(line) for line in text.strip().splitlines())


def _printable(text: str) -> str:
    for sign in text:
        refused = unicodedata.category(sign) in UNPRINTABLE and sign not in JOINERS
        if refused or sign == "\ufffd":
            raise ValidationError(
                _(
                    "This contains a character that cannot be printed (U+%(code)s). Please type the text again."
                ),
                code="unprintable",
                params={"code": f"{ord(sign):04X}"},
            )
    return text


def validate_name(name: str) -> None:
    """Raises ValidationError for a name without a letter of any script: a dash is useless on a badge."""
    if name and not any(unicodedata.category(sign).startswith("L") for sign in name):
        raise ValidationError(_("Write the name in letters, or leave the field empty."), code="no_letters")
