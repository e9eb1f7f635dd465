"""The details of a delegation as a whole."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES, chosen_language
from accounts.requests import SignedInRequest
from registration import rules, services
from registration.editing import EditingClosed, EditMode, get_edit_mode, most_permissive
from registration.fields import Asked
from registration.forms import DetailsForm, WhyForm
from registration.models import ChangeRequest, Delegation
from registration.views.base import DelegationView
from registration.views.telling import NOTHING_DIFFERS, REQUEST_SENT


class DetailsPage(DelegationView):
    """The fields of the delegation as a whole."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        return self.form_page(DetailsForm(delegation=delegation, asked=Asked(delegation.event)))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation, action = self.find(), request.POST.get("action", "")
        form = DetailsForm(request.POST, delegation=delegation, asked=Asked(delegation.event))
        if action == "request":
            return self.ask(form, WhyForm(request.POST))
        with translation.override(chosen_language(action)):
            if not form.is_valid():
                return self.form_page(form)
        return self.save(form, action)

    def save(self, form: DetailsForm, action: str) -> HttpResponse:
        try:
            delegation = form.save(actor=self.request.user)
        except services.DetailsChanged as conflict:
            form.show_conflict(conflict)
            return self.form_page(form)
        except rules.Refused as refusal:
            return self.form_page(form, refusal=refusal)
        return self.saved(delegation, action)

    def ask(self, form: DetailsForm, why: WhyForm) -> HttpResponse:
        """Send the typed values as a request, if they can no longer be saved directly."""
        if not (form.is_valid() and why.is_valid()):
            return self.form_page(form, why=why, edit_mode=EditMode.REQUEST)
        if not (proposal := form.proposal()):
            return self.form_page(form, why=why, edit_mode=EditMode.REQUEST, refusal=NOTHING_DIFFERS)
        return self.request_change(form, proposal, why)

    def request_change(self, form: DetailsForm, proposal: dict[str, Any], why: WhyForm) -> HttpResponse:
        change: dict[str, Any] = {"kind": ChangeRequest.Kind.DETAILS, "proposal": proposal, "why": why.text}
        change |= {"delegation": form.delegation, "participant": None}
        try:
            services.request_change(actor=self.request.user, **change)
        except rules.Refused as refusal:
            return self.form_page(form, why=why, refusal=refusal)
        messages.success(self.request, REQUEST_SENT)
        return redirect("registration:requests", form.delegation.pk)

    def saved(self, delegation: Delegation, action: str) -> HttpResponse:
        """Redirect to the overview, or to the form in the other language if the switch was used."""
        is_switched = action.removeprefix("language-") in LANGUAGE_CODES
        with translation.override(chosen_language(action)):
            messages.success(self.request, _("The details of the delegation are saved."))
            own = reverse("registration:details", args=[delegation.pk])
        return redirect(own if is_switched else delegation.get_absolute_url())

    def form_page(self, form: DetailsForm, **context: Any) -> HttpResponse:
        refusal = context.get("refusal")
        edit_mode = refusal.edit_mode if isinstance(refusal, EditingClosed) else self.edit_mode(form)
        shown = {"form": form, "why": WhyForm(), "edit_mode": edit_mode}
        shown["language_form"] = "details" if edit_mode == EditMode.FREE else ""
        return self.page("details", form.delegation, **(shown | context))

    def edit_mode(self, form: DetailsForm) -> EditMode:
        """How the values of the form can be saved."""
        delegation, asked = form.delegation, Asked(form.delegation.event)
        return most_permissive(
            {get_edit_mode(delegation, [name], self.at, self.request.user, asked) for name in form.fields}
        )
