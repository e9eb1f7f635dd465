"""“I have lost my link”: a public page that reveals nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from accounts import limits
from events.models import Event
from registration import services
from registration.forms import LostLinkForm

ASKED_PER_ADDRESS = (10, 3600)  # requests per number of seconds; a parliament may share one IP address


class LostLinkPage(View):
    """The visitor chooses a parliament; a worker sends its link to its registered contacts only.

    The answer is the same if there are no contacts, if the link is revoked, or if the daily limit is reached.
    """

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        event = self.find()
        return self.page(event, LostLinkForm(event=event), asked="asked" in request.GET)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        event = self.find()
        form = LostLinkForm(request.POST, event=event)
        if not limits.allow("lost-link", limits.client_address(request), ASKED_PER_ADDRESS):
            return render(request, "429.html", status=429)
        if not event.is_on or not form.is_valid():
            return self.page(event, form)
        services.ask_for_link(invitation=form.cleaned_data["invitation"])
        return redirect(f"{request.path}?asked")

    def find(self) -> Event:
        return get_object_or_404(Event.objects.public(), slug=self.kwargs["slug"])

    def page(self, event: Event, form: LostLinkForm, *, asked: bool = False) -> HttpResponse:
        context = {"event": event, "form": form, "asked": asked}
        return render(self.request, "registration/lost_link.html", context)
