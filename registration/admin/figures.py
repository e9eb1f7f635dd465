"""The figures of one event in the admin, and its lists for download."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from events.models import Event
from registration import exports, figures, services
from registration.admin.base import OfficeAdmin


class FiguresPages(OfficeAdmin):
    """For the secretariat. The event's team sees the figures on its desk, but not the lists."""

    def figure_paths(self) -> list[URLPattern]:
        taking = require_safe(self.download)
        return [
            self.own_path("events/<int:pk>/figures/", require_safe(self.figures), "figures"),
            self.own_path("events/<int:pk>/figures/<str:name>/<str:extension>/", taking, "download"),
        ]

    def figures(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.require_right(request)
        event = get_object_or_404(Event, pk=pk)
        context = {"event": event, "tables": figures.tables(event)}
        return self.office_page(request, "figures", _("Figures"), **context)

    def download(self, request: SignedInRequest, pk: int, name: str, extension: str) -> HttpResponse:
        """One list as a file; the audit trail records the download."""
        self.require_right(request)
        event = get_object_or_404(Event, pk=pk)
        file = exports.file_response(event, name, extension)
        services.record_export(event=event, name=name, extension=extension, actor=request.user)
        return file
