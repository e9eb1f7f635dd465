"""The waiting list of an event."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Event
from registration.admin.base import OfficeAdmin
from registration.models import Participant

SHOWN = 100  # people per page


class WaitingListPage(OfficeAdmin):
    """A read-only page: people get free places automatically, in this order."""

    def waiting_paths(self) -> list[URLPattern]:
        return [self.own_path("events/<int:pk>/waiting/", require_safe(self.waiting_list), "waiting")]

    def waiting_list(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = get_object_or_404(Event, pk=pk)
        people = Paginator(Participant.objects.on_waiting_list(event), SHOWN).get_page(
            request.GET.get("page")
        )
        return self.office_page(
            request, "waiting", _("Waiting list"), event=event, people=people, places=event.places.all()
        )
