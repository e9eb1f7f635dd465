"""Values inside sentences, on pages and in mails."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from events import dates, wording
from events.models import Event
from registration.models import Participant
from registration.roles import honorific_of, role_of
from registration.rules import Figures

register = template.Library()


@register.simple_tag
def dates_in_sentence(event: Event) -> str:
    """“from 16 to 18 June 2021”, “del 16 al 18 de junio de 2021”."""
    return dates.date_range_in_sentence(event.first_day, event.last_day, get_language() or "en")


@register.filter(is_safe=True)
def contract(text: str) -> SafeString:
    """Join *de el* and *a el* in Spanish; for `{% filter contract %}` around text that is escaped already."""
    joined = wording.contract(text) if get_language() == "es" else text
    return mark_safe(joined)  # noqa: S308  the block has escaped its values already


@register.filter
def role(participant: Participant) -> str:
    """“Head of delegation”, in the form for the person's gender."""
    return role_of(participant)


@register.filter
def honorific(participant: Participant) -> str:
    """“Dr.”, “Dra.”: the title before the person's name; empty if none was chosen."""
    return honorific_of(participant)


@register.simple_tag
def balance(figures: Figures) -> str:
    """“2 women, 1 man, 1 not stated”; empty if there are no people.

    Women and men are always given, the others only if there are any.
    """
    women, men, other, unknown = figures.women, figures.men, figures.other, figures.not_stated
    counts = [
        ngettext("%(count)s woman", "%(count)s women", women) % {"count": women},
        ngettext("%(count)s man", "%(count)s men", men) % {"count": men},
    ]
    if other:
        counts.append(
            ngettext("%(count)s of another gender", "%(count)s of another gender", other) % {"count": other}
        )
    if unknown:
        counts.append(ngettext("%(count)s not stated", "%(count)s not stated", unknown) % {"count": unknown})
    return ", ".join(counts) if figures.total else ""
