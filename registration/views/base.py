"""The base of all pages of one delegation."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from accounts.requests import SignedInRequest
from registration.deadlines import Deadline
from registration.models import Delegation


class DelegationView(LoginRequiredMixin, View):
    """A page of a delegation for its coordinators and the secretariat; 404 for others."""

    request: SignedInRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def find(self) -> Delegation:
        visible = Delegation.objects.visible_to(self.request.user).with_event().with_terms()
        return get_object_or_404(visible.prefetch_related("coordinators"), pk=self.kwargs["pk"])

    def acts_on_behalf(self, delegation: Delegation) -> bool:
        """True for an officer of the secretariat who does not coordinate the delegation."""
        return self.request.user not in delegation.coordinators.all()

    def own_address(self) -> str:
        """The URL of this page in the present language, which a language switch may just have changed."""
        match = self.request.resolver_match
        return reverse(match.view_name, kwargs=self.kwargs) if match else self.request.path

    def page(self, template: str, delegation: Delegation, **context: Any) -> HttpResponse:
        shown = {
            "own_address": self.own_address(),
            "delegation": delegation,
            "event": delegation.event,
            "deadline": Deadline.of(delegation.event, self.at, delegation.organisation),
            "on_behalf": self.acts_on_behalf(delegation),
        }
        return render(self.request, f"registration/{template}.html", shown | context)
