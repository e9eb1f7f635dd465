"""Middleware: reference number, language, second factor of staff, and no caching of private pages."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from accounts import trace
from accounts.language import LANGUAGE_CODES, remember_language
from config import errors

Handler = Callable[[HttpRequest], HttpResponse]


class RequestTrace:
    """Gives each request a reference number, which X-Request-ID returns and error pages show."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = trace.new_reference()  # type: ignore[attr-defined]
        token = trace.request_id.set(request.reference)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = trace.request_id.get()
            return response
        finally:
            trace.request_id.reset(token)


class Language(LocaleMiddleware):
    """Takes the language from the URL path. Pages without one in their path (admin, verification) use a cookie.

    `?lang=es` sets that cookie; the language switch in the header of those pages links to it.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if asked := self._asked(request):
            translation.activate(asked)
            request.LANGUAGE_CODE = asked

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if asked := self._asked(request):
            remember_language(response, asked)
        return super().process_response(request, response)

    def _asked(self, request: HttpRequest) -> str:
        if translation.get_language_from_path(request.path_info):
            return ""
        asked = request.GET.get("lang", "")
        return asked if asked in LANGUAGE_CODES else ""


class TooLargeForSQLite:
    """Answers 404 if a key is too large for SQLite, which raises an error where PostgreSQL finds no row."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_number = isinstance(exception, OverflowError) and "SQLite" in str(exception)
        return errors.not_found(request, exception) if is_number else None


class StaffSecondFactor:
    """Shows staff without a second factor only the pages that set one up (in production).

    allauth's `secure_admin_login` protects the admin's sign-in but does not require a second factor.
    """

    OPEN = ("mfa_", "account_")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        if (
            not settings.REQUIRE_STAFF_SECOND_FACTOR
            or not request.user.is_authenticated
            or not request.user.is_staff
        ):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(self.OPEN) or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_activate_totp")


class PrivatePages:
    """Forbids caching of a page if the request or the response has a session cookie."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}:
            add_never_cache_headers(response)
        return response
