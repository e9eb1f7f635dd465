"""Add delegations without an invitation, groups of the secretariat, and panellists of the programme."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.admin import actor_of
from accounts.requests import SignedInRequest
from registration import services
from registration.admin.base import OfficeAdmin
from registration.forms import AddDelegationForm

PAGE = "admin:registration_delegation_change"


class AddingPages(OfficeAdmin):
    """New delegations are empty: the secretariat enters their people on the coordinator's pages."""

    def get_urls(self) -> list[URLPattern]:
        taking = require_POST(self.take_panellists)
        return [self.own_path("<int:pk>/panellists/", taking, "panellists"), *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add a delegation of any organisation, or a group; if it exists already, open it."""
        form = AddDelegationForm(request.POST or None, initial={"event": request.GET.get("event")})
        if not form.is_valid():
            return self.office_page(request, "add", _("Add a delegation or group"), form=form)
        try:
            delegation = services.add_delegation(**form.cleaned_data, actor=actor_of(request))
        except services.AlreadyThere as refusal:
            messages.info(request, str(refusal))
            return redirect(PAGE, refusal.delegation.pk)
        messages.success(request, _("Added. Now enter its people, on the coordinator’s pages."))
        return redirect(PAGE, delegation.pk)

    def take_panellists(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Add the panellists of the programme who are not in the group yet."""
        count = services.take_panellists(delegation=self.find(request, pk), actor=request.user)
        if not count:
            messages.info(
                request, _("Nobody was entered: everybody of the programme is in this group already.")
            )
            return redirect(PAGE, pk)
        sentence = ngettext("%(count)s person entered.", "%(count)s people entered.", count)
        messages.success(request, sentence % {"count": count})
        return redirect(PAGE, pk)
