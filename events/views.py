"""The public pages: home, the list of events, one event, and its calendar file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from events.calendar import event_calendar, file_name
from events.filters import EventFilter
from events.models import Event
from events.page import body_field, page_context

NEXT, LAST, PER_PAGE = 5, 3, 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the next events, with the state of their registration, and the last ones."""
    events, today = Event.objects.public().with_registration(), timezone.now().date()
    coming, over = events.upcoming(today)[:NEXT], events.past(today)[:LAST]
    return render(request, "events/home.html", {"coming": coming, "over": over})


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """List the public events that match the filter in the URL, upcoming events first."""
    filter_form, today = EventFilter(request.GET, Event.objects.public()), timezone.now().date()
    events = filter_form.matching_events().with_registration().in_reading_order(today)
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    coming = [event for event in page if event.last_day >= today]
    over = [event for event in page if event.last_day < today]
    return render(
        request,
        "events/list.html",
        {"filter_form": filter_form, "page": page, "coming": coming, "over": over},
    )


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one event, with the files that the reader may have. Drafts are only for the secretariat and their team."""
    events = Event.objects.visible_to(request.user).with_registration().with_has_agenda()
    event = get_object_or_404(events, slug=slug)
    shown = {"event": event, "body_field": body_field(event, get_language()), **page_context(event)}
    shown["attachments"] = event.attachments.visible_to(request.user).in_page_order()
    return render(request, "events/detail.html", shown)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the event and its sessions as a calendar file, in the language of the URL."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    language = get_language()
    response = HttpResponse(event_calendar(event, language), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, file_name(event, language))
    return response
