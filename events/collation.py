"""The order of names as readers of a language look for them, the same on every database.

After the Unicode Collation Algorithm (UTS #10) with the CLDR's order for Spanish, as far as Latin letters go: first
letters, then accents, then capitals. Other scripts follow one after the other. SQLite sorts by bytes, and of the
libraries with ICU in them one needs a compiler and the other cannot sort.
"""

import unicodedata
from collections.abc import Iterator

SortKey = tuple[str, tuple[str, ...], str]

_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ð": "d", "þ": "th"}
_OWN_LETTERS = {"es": {"n\u0303": "n\uffff"}}  # ñ follows every n


def sort_key(text: str, language: str) -> SortKey:
    """By what to sort: “Ángel” beside “Angel”, in Spanish “Ñuble” after “Nzérékoré”."""
    own = _OWN_LETTERS.get(language, {})
    letters, accents = [], []
    for letter, marks in _clusters(text):
        is_own = letter + marks in own
        letters.append(own.get(letter + marks) or _LETTERS.get(letter, letter))
        accents.append("" if is_own else marks or (letter if letter in _LETTERS else ""))
    return "".join(letters), tuple(accents), text.swapcase()


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Each letter in lower case with the marks above and below it; whatever is no letter or digit counts as a space."""
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
