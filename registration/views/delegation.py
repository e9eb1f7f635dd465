"""One delegation as a whole: its task list, where it stands, what happened to it, and how it is withdrawn."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from registration import history, rules, services
from registration.deadlines import Deadline
from registration.fields import Asked
from registration.forms import VersionForm
from registration.models import Delegation
from registration.overview import Overview, collected
from registration.views.base import DelegationView


class DelegationPage(DelegationView):
    """The parts of the registration and how far each is; afterwards what became of it and what may still change."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        overview = Overview(delegation)
        return self.page(
            "delegation",
            delegation,
            overview=overview,
            people=overview.people,
            history=history.of(delegation, request.user),
            **(self.verbs(delegation) | self.deadlines(delegation)),
        )

    def verbs(self, delegation: Delegation) -> dict[str, Any]:
        """What may be done, and what has been asked for."""
        return {
            "may_type": self.may_type(delegation),
            "may_withdraw": delegation.can_become(Delegation.Status.WITHDRAWN),
            "may_reopen": may_reopen(delegation, self.at),
            "requests": delegation.requests.pending().select_related("participant"),
        }

    def may_type(self, delegation: Delegation) -> bool:
        """Whether the parts lead to forms: nobody types in what has ended or is over."""
        return delegation.takes_changes or self.acts_on_behalf(delegation)

    def deadlines(self, delegation: Delegation) -> dict[str, Any]:
        """Until when changes and travel details are taken, where the event has windows for them."""
        event, organisation = delegation.event, delegation.organisation
        return {
            f"{stage}_deadline": Deadline.of(event, self.at, organisation, stage)
            for stage in ("change", "travel")
        }


class WithdrawPage(DelegationView):
    """Says what withdrawing means, and does it."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        if not delegation.can_become(Delegation.Status.WITHDRAWN):
            return redirect(delegation)
        return self.page("withdraw", delegation, people=Overview(delegation).people)

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        try:
            self.withdraw(delegation, VersionForm(request.POST))
        except rules.WrongStatus as refusal:
            messages.info(request, str(refusal))
        except rules.Refused as refusal:
            return self.page("withdraw", delegation, people=Overview(delegation).people, refusal=refusal)
        return redirect(delegation)

    def withdraw(self, delegation: Delegation, form: VersionForm) -> None:
        """Raises WrongStatus, VersionChanged."""
        version = form.cleaned_data["version"] if form.is_valid() else 0
        services.withdraw_delegation(delegation=delegation, version=version, actor=self.request.user)
        messages.success(self.request, _("The registration has been withdrawn. The secretariat knows."))


class Reopen(DelegationView):
    """Takes up again what was withdrawn, as long as registration is open."""

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        try:
            self.reopen(delegation, VersionForm(request.POST))
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(delegation)

    def reopen(self, delegation: Delegation, form: VersionForm) -> None:
        """Raises WrongStatus, VersionChanged."""
        if not may_reopen(delegation, self.at):
            raise rules.WrongStatus(delegation)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        services.reopen_delegation(delegation=delegation, version=version, actor=self.request.user)
        messages.success(self.request, _("The registration is a draft again. Check it and submit it."))


def may_reopen(delegation: Delegation, at: datetime) -> bool:
    """Whether those who withdrew it may still change their mind."""
    deadline = Deadline.of(delegation.event, at, delegation.organisation)
    is_open = deadline is not None and deadline.is_open
    return delegation.status == Delegation.Status.WITHDRAWN and is_open and delegation.event.is_on


class PrivacyPage(DelegationView):
    """What this event asks, for what purpose and how long it is kept, and whom a published list names."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        asked = Asked(delegation.event)
        shown = {"collected": collected(asked), "asks_consent": asked.asks("consents_to_list")}
        return self.page("privacy", delegation, **shown)
