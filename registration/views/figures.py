"""The figures of one event, for its team and the secretariat; without lists of people."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from accounts.requests import SignedInRequest
from events.models import Event
from registration import exports, figures, services


class FiguresPage(LoginRequiredMixin, View):
    """Charts, and the same figures as tables."""

    request: SignedInRequest

    def get(self, request: SignedInRequest, slug: str) -> HttpResponse:
        event = self.find(slug)
        context = {"event": event, "tables": figures.tables(event)}
        return render(request, "registration/figures.html", context)

    def find(self, slug: str) -> Event:
        """The event. Raises Http404 for users outside its team and the secretariat."""
        return get_object_or_404(Event.objects.of_team(self.request.user), slug=slug)


class FiguresDownload(FiguresPage):
    """The figures as a file; the audit trail records the download."""

    def get(self, request: SignedInRequest, slug: str, extension: str = "") -> HttpResponse:
        event = self.find(slug)
        file = exports.file_response(event, "figures", extension)
        services.record_export(event=event, name="figures", extension=extension, actor=request.user)
        return file
