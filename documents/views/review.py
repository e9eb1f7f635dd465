"""The review queue: mails with letters that an officer reads before they are sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.requests import parse_number
from documents import services
from documents.forms import IssueForm
from documents.pages import reviewing
from documents.planned_mails import Languages
from documents.views.base import TeamView
from jobs.models import OutgoingMail
from registration.rules import Refused


class Review(TeamView):
    """The mails that are ready, the parliaments that could get one, and those that get none, with the reason."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._page(IssueForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Call the method of the button that was pressed."""
        press = next((press for name, press in BUTTONS.items() if name in request.POST), None)
        try:
            return (press and press(self)) or redirect(self.address)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(self.address)

    @property
    def address(self) -> str:
        """The address of this page with its current filter."""
        query = self.request.GET.urlencode()
        return reverse("documents:review", args=[self.event.slug]) + (f"?{query}" if query else "")

    def prepare(self) -> HttpResponse | None:
        """Write the drafts. Return the form with its errors if it is not valid, otherwise None."""
        form = IssueForm(self.request.POST)
        if not form.is_valid():
            return self._page(form)
        composed = services.compose_issue(event=self.event, actor=self.actor, **form.cleaned_data)
        messages.success(self.request, reviewing.prepared_message(len(composed.mails)))
        return None

    def send(self) -> None:
        """Send the ticked mails, or all that the page showed."""
        issued = services.issue(event=self.event, mails=self._chosen(), actor=self.actor)
        messages.success(self.request, reviewing.leaving_message(issued.sent))
        if issued.taken_back:
            messages.warning(self.request, reviewing.taken_back_message(issued.taken_back))

    def discard(self) -> None:
        """Discard the ticked mails, or all that the page showed."""
        count = services.discard(event=self.event, mails=self._chosen(), actor=self.actor)
        messages.success(self.request, reviewing.discarded_message(count))

    def _chosen(self) -> list[OutgoingMail]:
        """Return the ticked mails; for a button that applies to all, the mails that the page showed."""
        field = "shown" if any(name.endswith("_all") for name in self.request.POST) else "picked"
        sent = self.request.POST.getlist(field)
        keys = [parse_number(value) for value in sent]
        return list(OutgoingMail.objects.filter(pk__in=keys).only("pk"))

    def _page(self, form: IssueForm) -> HttpResponse:
        chosen = {name: self.request.GET.get(name, "") for name in ("region", "problem")}
        languages = form.data.get("languages", Languages.OWN)
        queue = reviewing.review_queue(self.event, languages=languages, **chosen)
        return self.page("review", form=form, queue=queue, chosen=chosen, none="none" in self.request.GET)


BUTTONS: dict[str, Callable[[Review], Any]] = {
    "prepare": Review.prepare,
    "send": Review.send,
    "send_all": Review.send,
    "discard": Review.discard,
    "discard_all": Review.discard,
}


class ReviewedMail(TeamView):
    """The text of one mail as it will be sent, without the personal link."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        mails = OutgoingMail.objects.filter(deliveries__document__event=self.event).distinct()
        mail = get_object_or_404(mails, pk=pk)
        deliveries = mail.deliveries.select_related("document__organisation")
        return self.page("mail", mail=mail, deliveries=deliveries, delivery=deliveries[0])
