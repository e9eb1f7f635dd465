"""Search that forgives accents and capitals, the same on every database."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents: “Planificación” and “planificacion” are found by each other."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
