"""The coordinator's pages: the form, the check before submitting, and what became of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from accounts.language import LANGUAGE_CODES
from accounts.requests import SignedInRequest
from registration import history, rules, services
from registration.deadlines import Deadline
from registration.forms import DraftForm, SubmitForm
from registration.models import Delegation


class OwnDelegation(LoginRequiredMixin, View):
    """A delegation found for who may see it; only its coordinators change it. Anybody else: 404."""

    request: SignedInRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def find(self) -> Delegation:
        visible = Delegation.objects.visible_to(self.request.user).with_event().with_people()
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def find_own(self) -> Delegation:
        own = Delegation.objects.of_coordinator(self.request.user).with_event().with_people()
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def page(self, template: str, delegation: Delegation, **context: Any) -> HttpResponse:
        context |= {
            "delegation": delegation,
            "event": delegation.event,
            "people": (people := delegation.participants.all()),
            "missing": rules.missing(people),
            "deadline": Deadline.of(delegation.event, self.at, delegation.organisation),
        }
        return render(self.request, f"registration/{template}.html", context)


class DelegationPage(OwnDelegation):
    """The form while the coordinator holds the pen, and the state of things afterwards and for everybody else."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        if delegation.is_editable and request.user in delegation.coordinators.all():
            return self.form_page(DraftForm.stored(delegation))
        return self.page("delegation", delegation, history=history.of(delegation, request.user))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation, action = self.find_own(), request.POST.get("action", "save")
        if action == "add" or ":" in action:
            return self.form_page(DraftForm.rearranged(delegation, request.POST, action), unsaved=True)
        form = DraftForm.typed(delegation, request.POST)
        if form.is_valid():
            return self.save(form, action)
        return self.form_page(form, unsaved=True)

    def save(self, form: DraftForm, action: str) -> HttpResponse:
        try:
            delegation = form.save(actor=self.request.user, language=get_language() or "en")
        except rules.VersionChanged:
            return self.form_page(DraftForm.merged(self.find_own(), self.request.POST), unsaved=True)
        except rules.Refused as refusal:
            return self.form_page(form, unsaved=True, refusal=refusal)
        if action != "check":
            messages.success(self.request, _("Draft saved."))
        return redirect(self.next_page(delegation, action))

    def next_page(self, delegation: Delegation, action: str) -> str:
        """To the check, or back to the form; in the other language when the switch was used."""
        if action == "check":
            return reverse("registration:check", args=[delegation.pk])
        asked = action.removeprefix("language-")
        with translation.override(asked if asked in LANGUAGE_CODES else get_language()):
            return delegation.get_absolute_url()

    def form_page(self, form: DraftForm, **context: Any) -> HttpResponse:
        if (
            not form.delegation.is_editable
        ):  # submitted in another window: what was typed here is shown once more
            context["refusal"] = rules.WrongStatus(form.delegation)
        return self.page("delegation_form", form.delegation, draft=form, language_form="draft", **context)


class CheckPage(OwnDelegation):
    """All that will be sent, what is missing, and the button that sends it."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find_own()
        if not delegation.is_editable:
            return redirect(delegation)
        return self.check_page(delegation, SubmitForm(initial={"version": delegation.version}))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation, form = self.find_own(), SubmitForm(request.POST)
        if not delegation.is_editable:
            messages.info(request, str(rules.WrongStatus(delegation)))
            return redirect(delegation)
        return self.submit(delegation, form) if form.is_valid() else self.check_page(delegation, form)

    def submit(self, delegation: Delegation, form: SubmitForm) -> HttpResponse:
        try:
            services.submit_delegation(delegation=delegation, actor=self.request.user, **form.cleaned_data)
        except rules.WrongStatus as refusal:
            messages.info(self.request, str(refusal))
        except rules.Refused as refusal:
            return self.check_page(delegation, form, refusal=refusal)
        else:
            messages.success(self.request, _("Registration submitted. A receipt is on its way to you."))
        return redirect(delegation)

    def check_page(self, delegation: Delegation, form: SubmitForm, **context: Any) -> HttpResponse:
        return self.page("check", delegation, form=form, **context)
