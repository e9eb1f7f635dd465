"""The countries of the world (ISO 3166-1), named and ordered in the reader's language."""

import unicodedata
from functools import lru_cache

from babel import Locale

# Two letters in CLDR that stand for no country: unions, outposts, the unknown, signs for tests.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


@lru_cache(maxsize=4)
def names(language: str) -> dict[str, str]:
    """Code and name of every country, in the order in which a reader of that language looks for them."""
    territories = Locale(language).territories
    found = {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    return dict(sorted(found.items(), key=lambda item: _key(item[1])))


def _key(name: str) -> tuple[str, str]:
    """Letters before accents, as dictionaries have it: “Åland” among the As."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", name) if sign.isalnum() or sign == " ")
    return letters.casefold(), name
