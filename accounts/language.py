"""The languages of the site, and the one of pages whose address has none: a cookie, set by the switch."""

from django.conf import settings
from django.http import HttpResponseBase

LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)


def remember_language(response: HttpResponseBase, code: str) -> None:
    """Keep the language for a year in a cookie that no script reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
