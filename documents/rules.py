"""What a letter's text may hold, checked when it is saved."""

from documents.models import Template
from documents.placeholders import LETTER, Placeholder, PlaceholderError, unknown

TEXT_FIELDS, HTML_FIELDS = ("subject",), ("body", "body_for_bodies")
"""The fields of a template in which placeholders are filled in."""

_OF_THE_ADDRESSEE = {"parliament", "parliament_in_sentence", "country_in_sentence"}


def placeholders_for(kind: str, field: str = "body") -> dict[str, Placeholder]:
    """What may stand in a field of a template: a collective letter has no addressee to speak of, a subject no links."""
    without = _OF_THE_ADDRESSEE if kind == Template.Kind.COLLECTIVE else set()
    kinds = {"text"} if field in TEXT_FIELDS else {"text", "html"}
    return {name: one for name, one in LETTER.items() if name not in without and one.kind in kinds}


def require_known(kind: str, field: str, text: str) -> None:
    """Raises PlaceholderError, which names what stands in braces and is no placeholder of that field."""
    allowed = placeholders_for(kind, field)
    if wrong := unknown(text, allowed):
        raise PlaceholderError(unknown=wrong, allowed=allowed)
