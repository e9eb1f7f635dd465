"""How registration puts values into sentences, on pages and in mails."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from events import dates, wording
from events.models import Event

register = template.Library()


@register.simple_tag
def dates_in_sentence(event: Event) -> str:
    """“from 16 to 18 June 2021”, “del 16 al 18 de junio de 2021”."""
    return dates.date_range_in_sentence(event.first_day, event.last_day, get_language() or "en")


@register.filter(is_safe=True)
def contract(text: str) -> SafeString:
    """A block of text in which Spanish joins *de el* and *a el*; for `{% filter contract %}`, escaped before."""
    joined = wording.contract(text) if get_language() == "es" else text
    return mark_safe(joined)  # noqa: S308  the block has escaped its values already
