"""What a name or a line of text may hold. Forms, services, the imports and the admin ask here."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Invisible signs that come along with pasted names: soft hyphen, zero-width space, marks and embeddings of direction.
CARRIED_ALONG = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]"
)
JOINERS = "\u200c\u200d"  # Persian, Hindi and other scripts need them
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def tidy(text: str) -> str:
    """The text on one line, composed (NFC), without spaces around and without the invisible signs of a paste.

    Raises ValidationError for what cannot be printed: control characters, overrides of direction, private signs.
    """
    text = CARRIED_ALONG.sub("", unicodedata.normalize("NFC", " ".join(text.split())))
    return _printable(text).strip()


def tidy_lines(text: str) -> str:
    """The same for a text of several lines."""
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
    """Refuse a name without any letter, of whatever script: a dash says nothing on a badge."""
    if name and not any(unicodedata.category(sign).startswith("L") for sign in name):
        raise ValidationError(_("Write the name in letters, or leave the field empty."), code="no_letters")
