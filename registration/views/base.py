"""What the pages of one delegation share: who finds it, and what each of them shows."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from accounts.requests import SignedInRequest
from registration.deadlines import Deadline
from registration.models import Delegation


class DelegationView(LoginRequiredMixin, View):
    """A delegation found for its coordinators and for the secretariat. Anybody else: 404."""

    request: SignedInRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def find(self) -> Delegation:
        visible = Delegation.objects.visible_to(self.request.user).with_event().with_terms()
        return get_object_or_404(visible.prefetch_related("coordinators"), pk=self.kwargs["pk"])

    def acts_on_behalf(self, delegation: Delegation) -> bool:
        """True for the secretariat's people where they do not coordinate themselves."""
        return self.request.user not in delegation.coordinators.all()

    def page(self, template: str, delegation: Delegation, **context: Any) -> HttpResponse:
        shown = {
            "delegation": delegation,
            "event": delegation.event,
            "deadline": Deadline.of(delegation.event, self.at, delegation.organisation),
            "on_behalf": self.acts_on_behalf(delegation),
        }
        return render(self.request, f"registration/{template}.html", shown | context)
