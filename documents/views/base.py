"""The base of the desk's pages. Only the secretariat and the event's team may open them; others get 404."""

from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from accounts.models import User
from documents import services
from documents.models import Batch
from events.models import Event


class TeamView(LoginRequiredMixin, View):
    """A page of one event's desk."""

    @property
    def actor(self) -> User:
        """The signed-in user."""
        return cast(User, self.request.user)

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.of_team(self.actor), slug=self.kwargs["slug"])

    @cached_property
    def batch(self) -> Batch:
        """The order in the address, with its progress. Raises Http404."""
        visible = self.event.batches.visible_to(self.actor)
        batches = visible.with_progress().select_related("event", "merged")
        return get_object_or_404(batches, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request. If files are lost, say which, order them again and redirect."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except services.FilesLost as files:
            services.order_files_again(files.documents)
            messages.error(request, str(files))
            desk = reverse("documents:desk", args=[self.event.slug])
            return redirect(self.batch if "pk" in kwargs else desk)

    def page(self, template: str, **context: object) -> HttpResponse:
        """Render a page of the desk, or a part of one, with the event in its context."""
        return render(self.request, f"documents_desk/{template}.html", {"event": self.event, **context})
