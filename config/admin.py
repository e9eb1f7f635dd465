"""The admin site: Django's own, with allauth's sign-in, and hidden (404) from users who may not use it."""

from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from config import dashboard
from jobs import services as jobs
from jobs.clock import database_now


class ConvocaAdminSite(admin.AdminSite):
    site_title = "Convoca"
    site_header = _("Convoca: secretariat")
    index_title = _("What needs you")
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        from jobs.views import background_work  # noqa: PLC0415  imports admin pages that register with this site

        return [path("work/", self.admin_view(background_work), name="work"), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the tasks that wait for the secretariat, the health of background work, then the lists."""
        found = {"open_tasks": dashboard.open_tasks(database_now()), "work": jobs.get_health_reasons()}
        return super().index(request, {**(extra_context or {}), **found})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Use the site's own sign-in, with its rate limits and second factor. Raises Http404 for other users."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return secure_admin_login(super().login)(request, extra_context)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's own, except: a user without permission gets 404, and scripts carry the nonce of the policy.

        The editor's import map needs the nonce: it is the only inline script.
        """
        stock = csp_update({"script-src": [NONCE], "style-src": [NONCE]})(super().admin_view(view, cacheable))

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            if "%00" in request.META.get("QUERY_STRING", ""):  # a list filter would send it to the database
                raise BadRequest
            try:
                response = stock(request, *args, **kwargs)
            except PermissionDenied as denied:
                raise Http404 from denied
            return _with_nonce(request, response)

        return answer


def _with_nonce(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, TemplateResponse) and response.context_data and "media" in response.context_data:
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        media = Media.from_media(response.context_data["media"]).with_nonce(nonce)
        response.context_data["media"] = media
    return response
