"""One delegation as a whole: its task list, state and history, and its withdrawal."""

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
from registration.overview import Overview, collected_fields
from registration.views.base import DelegationView


class DelegationPage(DelegationView):
    """The parts of the registration and their progress; after submission the result and possible changes."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        overview = Overview(delegation)
        return self.page(
            "delegation",
            delegation,
            overview=overview,
            people=overview.people,
            history=history.delegation_history(delegation, request.user),
            **(self.actions(delegation) | self.deadlines(delegation)),
        )

    def actions(self, delegation: Delegation) -> dict[str, Any]:
        """The possible actions, and the pending requests."""
        return {
            "may_type": self.may_type(delegation),
            "may_withdraw": delegation.can_become(Delegation.Status.WITHDRAWN),
            "may_reopen": may_reopen(delegation, self.at),
            "requests": delegation.requests.pending().select_related("participant"),
        }

    def may_type(self, delegation: Delegation) -> bool:
        """True if the parts lead to forms.

        Once the delegation has ended or the event is over, they do so only for officers.
        """
        return delegation.takes_changes or self.acts_on_behalf(delegation)

    def deadlines(self, delegation: Delegation) -> dict[str, Any]:
        """The deadlines for changes and for travel details; None if the event has no such stage."""
        event, organisation = delegation.event, delegation.organisation
        return {
            f"{stage}_deadline": Deadline.of(event, self.at, organisation, stage)
            for stage in ("change", "travel")
        }


class WithdrawPage(DelegationView):
    """Explains and performs the withdrawal."""

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
    """Reopens a withdrawn delegation while registration is open."""

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
    """True if the coordinators may still reopen a withdrawn delegation."""
    deadline = Deadline.of(delegation.event, at, delegation.organisation)
    is_open = deadline is not None and deadline.is_open
    return delegation.status == Delegation.Status.WITHDRAWN and is_open and delegation.event.is_on


class PrivacyPage(DelegationView):
    """The data that this event asks for, purposes and keeping periods, and who is in a published list."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        asked = Asked(delegation.event)
        shown = {"collected_fields": collected_fields(asked), "asks_consent": asked.asks("consents_to_list")}
        return self.page("privacy", delegation, **shown)
