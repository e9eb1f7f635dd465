"""Requests to the secretariat after a deadline, and their answers."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.privacy import MASK
from accounts.requests import SignedInRequest
from registration import rules, services
from registration.editing import EditMode, get_edit_mode
from registration.fields import CATALOGUE, SENSITIVE, Asked
from registration.forms import AddForm, LateForm, PersonForm, WhyForm
from registration.forms.person import shown_value
from registration.models import IDENTITY, ChangeRequest, Delegation, Participant
from registration.overview import Overview
from registration.views.base import DelegationView
from registration.views.telling import REQUEST_SENT, show_result

Kind, State = ChangeRequest.Kind, ChangeRequest.State


class Difference(NamedTuple):
    """One field of a proposal: label, present value and requested value."""

    label: str
    now: str
    asked: str


class Entry(NamedTuple):
    """One request as the page shows it."""

    request: ChangeRequest
    differences: list[Difference]

    @property
    def is_pending(self) -> bool:
        return self.request.state == State.PENDING


def entries(delegation: Delegation) -> list[Entry]:
    """All requests of the delegation, the newest first."""
    asked = delegation.requests.select_related("participant", "asked_by")
    return [Entry(one, differences(one)) for one in asked]


def differences(request: ChangeRequest) -> list[Difference]:
    """The changes that a request asks for, by field; empty once it is closed."""
    subject = request.subject
    return [
        Difference(CATALOGUE[name].label, _shown(name, getattr(subject, name, None)), _shown(name, value))
        for name, value in services.proposed_values(request).items()
        if name in CATALOGUE and (subject or value not in (None, "", False))
    ]


def _shown(name: str, value: Any) -> str:
    """The value as text; a sensitive value is masked, because others may see the screen."""
    is_hidden = name in SENSITIVE and value not in (None, "")
    return MASK if is_hidden else shown_value(name, value)


class RequestsPage(DelegationView):
    """All requests, the newest first, and the requests that can be made now."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        people = [one for one in delegation.participants.all() if one.is_present]
        context = {
            "entries": entries(delegation),
            "drafts": [one for one in people if one.status == Participant.Status.DRAFT],
            "registered": [one for one in people if one.holds_place],
            "may_ask": delegation.takes_changes,
            "asks_details": bool(Asked(delegation.event).of_delegation()),
        }
        return self.page("requests", delegation, **context)


class LatePage(DelegationView):
    """A request to accept the whole draft after the deadline."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        return self.late_page(delegation, LateForm(delegation=delegation))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        form = LateForm(request.POST, delegation=delegation)
        return self.ask(delegation, form) if form.is_valid() else self.late_page(delegation, form)

    def ask(self, delegation: Delegation, form: LateForm) -> HttpResponse:
        try:
            services.request_late(delegation=delegation, actor=self.request.user, **form.terms)
        except rules.Refused as refusal:
            return self.late_page(delegation, form, refusal=refusal)
        messages.success(self.request, REQUEST_SENT)
        return redirect("registration:requests", delegation.pk)

    def late_page(self, delegation: Delegation, form: LateForm, **context: Any) -> HttpResponse:
        overview = Overview(delegation)
        context |= {
            "form": form,
            "drafts": overview.drafts,
            "blocking": overview.corrections[rules.Severity.BLOCK],
            "pending": delegation.requests.pending().late().first(),
        }
        return self.page("late", delegation, **context)


class AddPage(DelegationView):
    """A request to add one person, who is a draft."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        return self.page("request_add", delegation, form=self.form_of(delegation))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        form = self.form_of(delegation, request.POST)
        if form.is_valid():
            return self.ask(delegation, form)
        return self.page("request_add", delegation, form=form)

    def form_of(self, delegation: Delegation, *data: Any) -> AddForm:
        return AddForm(*data, drafts=Overview(delegation).drafts)

    def ask(self, delegation: Delegation, form: AddForm) -> HttpResponse:
        change: dict[str, Any] = {"kind": Kind.ADD, "proposal": {}, "why": form.text}
        try:
            services.request_change(
                delegation=delegation, participant=form.chosen, actor=self.request.user, **change
            )
        except rules.Refused as refusal:
            return self.page("request_add", delegation, form=form, refusal=refusal)
        messages.success(self.request, REQUEST_SENT)
        return redirect("registration:requests", delegation.pk)


class SubstitutePage(DelegationView):
    """Replace a registered person: directly while registration is open, afterwards by a request."""

    def get(self, request: SignedInRequest, pk: int, person: int) -> HttpResponse:
        former = self.former(self.find())
        return self.form_page(former, self.form_of(former), WhyForm())

    def post(self, request: SignedInRequest, pk: int, person: int) -> HttpResponse:
        former = self.former(self.find())
        if request.POST.get("action") == "role":
            form = PersonForm.for_new_role(request.POST, **self.form_arguments(former))
            return self.form_page(former, form, WhyForm(initial=request.POST.dict()))
        form, why = self.form_of(former, request.POST), WhyForm(request.POST)
        if not form.is_valid() or (self.edit_mode(former, form) == EditMode.REQUEST and not why.is_valid()):
            return self.form_page(former, form, why)
        return self.substitute(former, form, why)

    def former(self, delegation: Delegation) -> Participant:
        """The person who does not come. Raises Http404 if they cannot be substituted."""
        people = (one for one in delegation.participants.all() if one.pk == self.kwargs["person"])
        found = next(people, None)
        if found is None or not found.can_become(Participant.Status.SUBSTITUTED):
            raise Http404
        return found

    def form_of(self, former: Participant, *data: Any) -> PersonForm:
        return PersonForm(*data, **self.form_arguments(former))

    def form_arguments(self, former: Participant) -> dict[str, Any]:
        """The arguments of the form for a new person, in the role of the former one."""
        delegation = former.delegation
        fresh = Participant(delegation=delegation, role=former.role)
        return {"delegation": delegation, "person": fresh, "asked": Asked(delegation.event)}

    def edit_mode(self, former: Participant, form: PersonForm) -> EditMode:
        """How the substitution can be made: the category of either person may be closed."""
        fresh = Participant(delegation=former.delegation, status=former.status, role=form.role)
        edit_modes = {get_edit_mode(one, IDENTITY, self.at, self.request.user) for one in (former, fresh)}
        return next(edit_mode for edit_mode in reversed(EditMode) if edit_mode in edit_modes)

    def substitute(self, former: Participant, form: PersonForm, why: WhyForm) -> HttpResponse:
        try:
            page, done = (
                self.ask(former, form, why)
                if self.edit_mode(former, form) == EditMode.REQUEST
                else self.act(former, form)
            )
        except rules.Refused as refusal:
            return self.form_page(former, form, why, refusal=refusal)
        messages.success(self.request, done)
        return redirect(page, former.delegation_id)

    def ask(self, former: Participant, form: PersonForm, why: WhyForm) -> tuple[str, str]:
        """Send a request; returns the name of the next page and the message."""
        services.request_change(
            delegation=former.delegation,
            participant=former,
            kind=Kind.SUBSTITUTE,
            proposal=form.typed,
            why=why.text,
            language=get_language() or "en",
            actor=self.request.user,
        )
        return "registration:requests", str(REQUEST_SENT)

    def act(self, former: Participant, form: PersonForm) -> tuple[str, str]:
        """Substitute the person; returns the name of the next page and the message."""
        fresh = services.substitute_person(
            participant=former, fields=form.typed, language=get_language() or "en", actor=self.request.user
        )
        said = _("%(person)s comes instead of %(former)s.") % {"person": fresh, "former": former}
        return "registration:people", said

    def form_page(self, former: Participant, form: PersonForm, why: WhyForm, **context: Any) -> HttpResponse:
        shown = {"former": former, "form": form, "why": why, "edit_mode": self.edit_mode(former, form)}
        return self.page("substitute", former.delegation, **(shown | context))


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int, asked: int) -> HttpResponse:
    """Take the request back."""
    visible = Delegation.objects.visible_to(request.user)
    found = get_object_or_404(ChangeRequest.objects.filter(delegation__in=visible), pk=asked, delegation=pk)

    def act() -> str:
        services.take_back(request=found, actor=request.user)
        return _("You have taken the request back.")

    show_result(request, act)
    return redirect("registration:requests", pk)
