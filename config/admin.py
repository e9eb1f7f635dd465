"""The administration: stock Django, entered through allauth, hidden from those who may not use it."""

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
        from jobs.views import work  # noqa: PLC0415  leads to pages that register with this site

        return [path("work/", self.admin_view(work), name="work"), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page: what waits for somebody, whether background work goes on, then the lists."""
        found = {"needs": dashboard.needs(database_now()), "work": jobs.glance()}
        return super().index(request, {**(extra_context or {}), **found})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in, with its limits and second factor; no second door."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return secure_admin_login(super().login)(request, extra_context)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Stock, but a page that is not somebody's to see is not found, and its scripts carry the policy's nonce.

        The nonce is there for the import map of the editor, the one script that stands in the page itself.
        """
        stock = csp_update({"script-src": [NONCE], "style-src": [NONCE]})(super().admin_view(view, cacheable))

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            if "%00" in request.META.get("QUERY_STRING", ""):  # a list's filter would ask the database for it
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
