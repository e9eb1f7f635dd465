"""How papers set the words of people."""

import unicodedata

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def isolated(text: str) -> SafeString:
    """The text escaped; one that is read from the right in an element of its own, which keeps it off its neighbours.

    Only that one: such an element takes as long to lay out as all the words of its line.
    """
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text):
        return format_html("<bdi>{}</bdi>", text)
    return escape(text)
