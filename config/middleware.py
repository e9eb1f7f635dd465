"""What happens around every request: its reference number, the second factor of staff, no copies of private pages."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from accounts import trace

Handler = Callable[[HttpRequest], HttpResponse]


class RequestTrace:
    """Gives each request a reference number, sent back as X-Request-ID and printed on error pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = trace.request_id.set(trace.new_reference())
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = trace.request_id.get()
            return response
        finally:
            trace.request_id.reset(token)


class StaffSecondFactor:
    """Staff without a second factor see only the pages that set one up (production).

    allauth's `secure_admin_login` guards the door of the admin but does not require a second factor.
    """

    OPEN = ("mfa_", "account_")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        if not settings.REQUIRE_STAFF_SECOND_FACTOR or not request.user.is_authenticated or not request.user.is_staff:
            return None
        name = request.resolver_match.view_name or ""
        if name.startswith(self.OPEN) or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_activate_totp")


class PrivatePages:
    """A page made for a signed-in person, or in a session, is stored by nobody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or request.session.accessed:
            add_never_cache_headers(response)
        return response
