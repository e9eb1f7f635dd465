"""Search without regard to accents and case, in the same way on every database."""

import unicodedata


def fold(text: str) -> str:
    """Return the text in lower case without accents, so that “planificacion” finds “Planificación”."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
