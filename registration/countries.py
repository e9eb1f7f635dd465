"""The countries of the world (ISO 3166-1), named as the United Nations do and ordered in the reader's language.

Countries that have a parliament in the directory bear its names; the others those of CLDR, but for the few that
CLDR names otherwise than the United Nations Terminology Database (UNTERM).
"""

import csv
import unicodedata
from functools import lru_cache

from babel import Locale

from registration.imports import DIRECTORY

_BY_UNTERM = {
    "FK": {"en": "Falkland Islands (Malvinas)", "es": "Islas Malvinas (Falkland Islands)"},
    "HK": {"en": "Hong Kong, China", "es": "Hong Kong (China)"},
    "MO": {"en": "Macao, China", "es": "Macao (China)"},
    "TW": {"en": "Taiwan Province of China", "es": "Provincia china de Taiwán"},
    "VA": {"en": "Holy See", "es": "Santa Sede"},
    "XK": {
        "en": "Kosovo (Security Council resolution 1244 (1999))",
        "es": "Kosovo (resolución 1244 (1999) del Consejo de Seguridad)",
    },
}

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
    found |= _of_directory(language) | {code: names[language] for code, names in _BY_UNTERM.items()}
    return dict(sorted(found.items(), key=lambda item: _key(item[1])))


def _of_directory(language: str) -> dict[str, str]:
    with DIRECTORY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["code"]: row[f"country_{language}"] for row in rows if len(row["code"]) == 2}


def _key(name: str) -> tuple[str, str]:
    """Letters before accents, as dictionaries have it: “Åland” among the As."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", name) if sign.isalnum() or sign == " ")
    return letters.casefold(), name
