"""Sort names in the order of a language, in the same way on every database.

For Latin letters, the order follows the Unicode Collation Algorithm (UTS #10) with the CLDR rules for Spanish: first
letters, then accents, then capitals. Other scripts follow, one after the other. A database cannot do this, because
SQLite sorts by bytes; of the Python libraries with ICU, one needs a compiler and the other cannot sort.
"""

import unicodedata
from collections.abc import Iterator

SortKey = tuple[str, tuple[str, ...], str]

_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ð": "d", "þ": "th"}
_OWN_LETTERS = {"es": {"n\u0303": "n\uffff"}}  # ñ follows every n


def sort_key(text: str, language: str) -> SortKey:
    """Return a sort key: “Ángel” is next to “Angel”; in Spanish, “Ñuble” is after “Nzérékoré”."""
    own = _OWN_LETTERS.get(language, {})
    letters, accents = [], []
    for letter, marks in _clusters(text):
        is_own = letter + marks in own
        letters.append(own.get(letter + marks) or _LETTERS.get(letter, letter))
        accents.append("" if is_own else marks or (letter if letter in _LETTERS else ""))
    return "".join(letters), tuple(accents), text.swapcase()


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter in lower case with its accents. A character that is no letter or digit counts as a space."""
    letter, marks = "", ""
    for sign in unicodedata.normalize("NFKD", text.casefold()):
        if unicodedata.combining(sign):
            marks += sign
            continue
        if letter:
            yield letter, marks
        letter, marks = sign if sign.isalnum() else " ", ""
    if letter:
        yield letter, marks
