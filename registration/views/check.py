"""The last page before submission: what is sent, the verdicts, and the declarations."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import SignedInRequest
from registration import rules, services
from registration.fields import CATALOGUE
from registration.forms import SubmitForm
from registration.overview import Overview, shortages
from registration.views.base import DelegationView


class CheckPage(DelegationView):
    """Submits all drafts or those chosen; available while there are drafts."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        overview = Overview(delegation)
        if not overview.may_submit:
            return redirect(delegation)
        return self.check_page(overview, self.form_of(overview))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        overview = Overview(self.find())
        if not overview.may_submit:
            messages.info(request, str(rules.WrongStatus(overview.delegation)))
            return redirect(overview.delegation)
        form = self.form_of(overview, request.POST)
        return self.submit(overview, form) if form.is_valid() else self.check_page(overview, form)

    def form_of(self, overview: Overview, *data: Any) -> SubmitForm:
        return SubmitForm(*data, delegation=overview.delegation, drafts=overview.drafts)

    def submit(self, overview: Overview, form: SubmitForm) -> HttpResponse:
        chosen: dict[str, Any] = {"delegation": overview.delegation, "people": form.chosen}
        try:
            self.show_messages(services.submit_delegation(actor=self.request.user, **chosen, **form.terms))
        except rules.WrongStatus as refusal:
            messages.info(self.request, str(refusal))
        except rules.Refused as refusal:
            return self.refused(form, refusal)
        return redirect(overview.delegation)

    def refused(self, form: SubmitForm, refusal: rules.Refused) -> HttpResponse:
        """Reload the delegation for the page: the deadline may have passed, or a colleague may have saved."""
        self.at = timezone.now()
        return self.check_page(Overview(self.find()), form, refusal=refusal)

    def show_messages(self, done: services.Submission) -> None:
        """Show messages with the result for the people who were sent."""
        receipt = _("Registration submitted. A receipt is on its way to you.")
        by_office = _("Registration submitted. Whoever coordinates it receives a receipt.")
        messages.success(self.request, by_office if self.request.user.is_secretariat else receipt)
        if waiting := len(done.waiting):
            messages.warning(self.request, waiting_sentence(waiting))
        if left_out := len(done.left_out):
            messages.warning(self.request, left_out_sentence(left_out))

    def check_page(self, overview: Overview, form: SubmitForm, **context: Any) -> HttpResponse:
        delegation = overview.delegation
        shown = {
            "form": form,
            "overview": overview,
            "sent_before": [one for one in overview.people if one not in overview.drafts],
            "short": shortages(overview.drafts, delegation.event.places.all()),
            "details": self.details(overview),
            "uploads": delegation.uploads.all(),
        }
        return self.page("check", delegation, **(shown | context))

    def details(self, overview: Overview) -> list[tuple[str, Any]]:
        """The delegation's fields with a value, by label."""
        names = [row.name for row in overview.asked.of_delegation()]
        values = [(CATALOGUE[name].label, getattr(overview.delegation, name)) for name in names]
        return [(label, value) for label, value in values if value]


def waiting_sentence(count: int) -> str:
    return ngettext(
        "%(count)s person is on the waiting list: no place is left.",
        "%(count)s people are on the waiting list: no place is left.",
        count,
    ) % {"count": count}


def left_out_sentence(count: int) -> str:
    return ngettext(
        "%(count)s person was not sent: the deadline of that category has passed.",
        "%(count)s people were not sent: the deadline of their category has passed.",
        count,
    ) % {"count": count}
