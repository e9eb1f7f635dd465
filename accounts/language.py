"""The languages of the site, and the cookie that stores the language for pages without one in their URL."""

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.translation import get_language

LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)


def chosen_language(action: str) -> str:
    """The code of the language whose switch was pressed (`language-es`), or of the present one."""
    code = action.removeprefix("language-")
    return code if code in LANGUAGE_CODES else get_language() or settings.LANGUAGE_CODE


def remember_language(response: HttpResponseBase, code: str) -> None:
    """Store the language for one year in a cookie that scripts cannot read."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
