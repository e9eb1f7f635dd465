"""The countries (ISO 3166-1), with the names that the United Nations use, sorted for the reader's language.

A country with a parliament in the directory has the name given there. The others have the name of CLDR,
except a few that the United Nations Terminology Database (UNTERM) names differently.
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

# Two-letter codes of CLDR that are not countries: unions, outposts, unknown, test codes.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


@lru_cache(maxsize=4)
def names(language: str) -> dict[str, str]:
    """Code and name of every country, sorted as a reader of this language expects."""
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
    """Sort key without accents, as in dictionaries: “Åland” is among the As."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", name) if sign.isalnum() or sign == " ")
    return letters.casefold(), name
