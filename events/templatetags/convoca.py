"""Template tags for bilingual texts, dates and times."""

import json
from contextvars import ContextVar
from datetime import date, datetime, tzinfo
from functools import lru_cache

from babel import Locale
from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from events import dates, page, texts, wording
from events.models import Event, Session, Window
from events.structured import event_data

register = template.Library()

_fell_back: ContextVar[set[str] | None] = ContextVar("languages shown in place of the page's", default=None)
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}  # so that the JSON cannot close its element


class TextNode(Node):
    """Shows a text of an object, or stores it in a variable."""

    def __init__(self, obj: FilterExpression, field: FilterExpression, kind: str, target: str) -> None:
        self.obj, self.field, self.kind, self.target = obj, field, kind, target

    def render(self, context: Context) -> str:
        found = texts.find(self.obj.resolve(context), self.field.resolve(context), get_language())
        if self.target:
            context[self.target] = found.value
            return ""
        record_fallback(found)
        return found.rich if self.kind == "richtext" else found.html


class MissingLanguageNode(Node):
    """Shows a part of a page, after a notice if one of its texts is in another language."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        noted: set[str] = set()
        token = _fell_back.set(noted)
        try:
            content = self.nodelist.render(context)
        finally:
            _fell_back.reset(token)
        return missing_language(noted) + content if noted else content


@register.tag
def text(parser: Parser, token: Token) -> TextNode:
    """`{% text event "title" %}`: show a text in the reader's language, or in the other one, marked with `lang`.

    `{% text event "title" as title %}` stores the plain text, for use in an attribute.
    """
    return _text_node(parser, token)


@register.tag
def richtext(parser: Parser, token: Token) -> TextNode:
    """`{% richtext event "description" %}`: the same for formatted text, which is cleaned again."""
    return _text_node(parser, token)


@register.tag
def missing_language_notice(parser: Parser, _token: Token) -> MissingLanguageNode:
    """`{% missing_language_notice %} … {% endmissing_language_notice %}`: show a notice if a text inside fell back."""
    nodelist = parser.parse(["endmissing_language_notice"])
    parser.delete_first_token()
    return MissingLanguageNode(nodelist)


@register.simple_tag
def place(event: Event, venue: bool = False) -> str:
    """Return “Montevideo, Uruguay”, with the venue in front if `venue`; “Online” for an online event."""
    if event.mode == Event.Mode.ONLINE:
        return pgettext("place", "Online")
    names = ("venue", "city", "country") if venue else ("city", "country")
    found = [text for name in names if (text := texts.find(event, name, get_language()))]
    for one in found:
        record_fallback(one)
    parts: list[str] = [one.html for one in found]
    if event.mode == Event.Mode.HYBRID:
        parts.append(pgettext("place", "and online"))
    return format_html_join(", ", "{}", ((part,) for part in parts))


@register.simple_tag
def event_dates(event: Event, weekdays: bool = False) -> str:
    """Return “23–25 October 2013”, or with weekdays “Wednesday 23 to Friday 25 October 2013”."""
    return dates.date_range(event.first_day, event.last_day, get_language(), weekdays)


@register.filter
def long_date(day: date) -> SafeString:
    """Return “Wednesday, 23 October 2013” in a `time` element."""
    return _time(day.isoformat(), dates.long_date(day, get_language(), weekday=True))


@register.filter
def hours(session: Session) -> SafeString:
    """Return “09:00–10:30” in a `time` element; "" for a session without times."""
    if session.starts_at is None or session.starts is None:
        return SafeString("")
    return _time(session.starts_at.isoformat(timespec="minutes"), dates.hours(session.starts, session.ends))


@register.simple_tag
def moment(at: datetime, zone: tzinfo) -> SafeString:
    """Return “Friday, 4 June 2021, 09:00 (Geneva time)” in a `time` element."""
    return _time(at.isoformat(timespec="minutes"), dates.moment(at, zone, get_language()))


@register.filter
def opening(window: Window) -> SafeString:
    """Return when a window opens, in the format of `moment` and the event's time zone."""
    return moment(window.opens_at, window.event.tz)


@register.filter
def deadline(window: Window) -> SafeString:
    """Return the last minute of a window: “Friday, 4 June 2021, 23:59 (Geneva time)”."""
    last = dates.last_minute(window.closes_at).isoformat(timespec="minutes")
    return _time(last, dates.deadline(window.closes_at, window.closing_zone, get_language()))


@register.filter
def language_names(codes: str) -> str:
    """Return “English and Spanish” for “en,es”, in the reader's language."""
    return _language_names(codes, get_language())


@register.simple_tag
def registration(event: Event) -> page.Registration | None:
    """Return the current state of registration. The event needs `with_registration`."""
    return page.registration(event, timezone.now())


@register.simple_tag
def structured_data(event: Event) -> SafeString:
    """Return the event's data for search engines, in a data block, which browsers never execute."""
    data = json.dumps(event_data(event, get_language()), ensure_ascii=False).translate(_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308  escaped above


def record_fallback(shown: texts.Text) -> None:
    """Record that a text is shown in another language, if it is inside a `missing_language_notice`."""
    languages = _fell_back.get()
    if shown.fell_back and languages is not None:
        languages.add(shown.language)


def missing_language(languages: set[str]) -> str:
    """Return the notice that names the other languages in which texts are shown."""
    names = Locale.parse(get_language()).languages
    listed = wording.join_list(sorted(names[code] for code in languages), get_language())
    sentence = _("Parts of this page are available only in %(language)s.") % {"language": listed}
    return render_to_string("components/notice.html", {"text": sentence, "tone": "plain"})


@lru_cache
def _language_names(codes: str, language: str) -> str:
    known = Locale.parse(language).languages
    names = [known.get(code, code) for code in codes.replace(" ", "").split(",") if code]
    return wording.sentence_start(wording.join_list(names, language))


def _text_node(parser: Parser, token: Token) -> TextNode:
    kind, *bits = token.split_contents()
    target = bits.pop() if bits[-2:-1] == ["as"] else ""
    if target:
        bits.pop()
    if len(bits) != 2:
        raise TemplateSyntaxError(f"“{kind}” takes an object and a field, then nothing or “as” and a name.")
    obj, field = (parser.compile_filter(bit) for bit in bits)
    return TextNode(obj, field, kind, target)


def _time(value: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value, words)
