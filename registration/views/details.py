"""The details of a delegation as a whole."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from accounts.requests import SignedInRequest
from registration import rules, services
from registration.editing import Pen, may_edit
from registration.fields import Asked
from registration.forms import DetailsForm
from registration.models import Delegation
from registration.views.base import DelegationView


class DetailsPage(DelegationView):
    """What the event asks of the delegation as a whole."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        return self.form_page(DetailsForm(delegation=delegation, asked=Asked(delegation.event)))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        form = DetailsForm(request.POST, delegation=delegation, asked=Asked(delegation.event))
        return self.save(form) if form.is_valid() else self.form_page(form)

    def save(self, form: DetailsForm) -> HttpResponse:
        try:
            delegation = form.save(actor=self.request.user)
        except services.DetailsChanged as conflict:
            form.show_conflict(conflict)
            return self.form_page(form)
        except rules.Refused as refusal:
            return self.form_page(form, refusal=refusal)
        return self.saved(delegation)

    def saved(self, delegation: Delegation) -> HttpResponse:
        """To the overview, or back to the form in the other language when the switch was used."""
        language = self.request.POST.get("action", "").removeprefix("language-")
        is_switched = language in LANGUAGE_CODES
        with translation.override(language if is_switched else translation.get_language()):
            messages.success(self.request, _("The details of the delegation are saved."))
            own = reverse("registration:details", args=[delegation.pk])
        return redirect(own if is_switched else delegation.get_absolute_url())

    def form_page(self, form: DetailsForm, **context: Any) -> HttpResponse:
        delegation = form.delegation
        pen = may_edit(delegation, form.fields, self.at, self.request.user, Asked(delegation.event))
        shown = {
            "form": form,
            "is_open": pen == Pen.FREE,
            "language_form": "details" if pen == Pen.FREE else "",
        }
        return self.page("details", delegation, **(shown | context))
