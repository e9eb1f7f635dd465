"""URLs of the current page in each language, for the language switch and for search engines."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.utils.translation import get_language, get_language_info

from accounts.language import LANGUAGE_CODES

register = template.Library()


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in one language: the language's code, its name in that language, and the URL."""

    code: str
    name: str
    url: str


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> LanguageLink:
    """Return the current page in the other language, with its query. Pages without a language prefix use `?lang=`."""
    request: HttpRequest = context["request"]
    code = next(code for code in LANGUAGE_CODES if code != get_language())
    query = QueryDict(request.GET.urlencode(), mutable=True)
    query.pop("lang", None)
    path = path_in(request.path, code)
    if path is None:
        path = request.path
        query["lang"] = code
    return language_link(code, f"{path}?{query.urlencode()}" if query else path)


@register.simple_tag(takes_context=True)
def alternate_languages(context: Context) -> list[LanguageLink]:
    """Return the absolute URL of the current page in each language; [] for a page without a language prefix."""
    request: HttpRequest = context["request"]
    paths = {code: path_in(request.path, code) for code in LANGUAGE_CODES}
    return [language_link(code, settings.SITE_URL + path) for code, path in paths.items() if path is not None]


@register.simple_tag(takes_context=True)
def canonical_url(context: Context) -> str:
    """Return the absolute URL of the current page, without its query."""
    return settings.SITE_URL + context["request"].path


def path_in(path: str, code: str) -> str | None:
    """Return the path with another language prefix, or None if it has no such prefix."""
    _root, first, rest = (path + "//").split("/", 2)
    if first not in LANGUAGE_CODES:
        return None
    return f"/{code}/{rest[:-2]}"


def language_link(code: str, url: str) -> LanguageLink:
    name: str = get_language_info(code)["name_local"]
    return LanguageLink(code, name[:1].upper() + name[1:], url)
