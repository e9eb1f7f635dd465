"""The coordinators of a delegation: the list, and actions of the first coordinator and the secretariat."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import limits
from accounts.models import User
from accounts.requests import SignedInRequest
from registration import mailing, rules, services
from registration.addresses import is_known
from registration.forms import CoordinatorForm
from registration.models import Candidate, Delegation
from registration.views.base import DelegationView
from registration.views.telling import show_result

MAILS_PER_ADDRESS = (3, 24 * 3600)  # invitations to one address per number of seconds, from all delegations
INVITED_PER_DELEGATION = (20, 24 * 3600)


class CoordinatorsPage(DelegationView):
    """Coordinators, invited users and users who ask; with the form to invite one more."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        return self.list_page(self.find(), CoordinatorForm())

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation, form = self.find(), CoordinatorForm(request.POST)
        if form.is_valid() and self.invite(delegation, form):
            return redirect("registration:coordinators", pk)
        return self.list_page(delegation, form)

    def invite(self, delegation: Delegation, form: CoordinatorForm) -> bool:
        """Send the invitation; if that fails, the form gives the reason."""
        try:
            sentence = self.send(delegation, form.cleaned_data["email"])
        except rules.Refused as refusal:
            form.add_error("email", str(refusal))
            return False
        messages.success(self.request, sentence)
        return True

    def send(self, delegation: Delegation, email: str) -> str:
        """Send the invitation and return the message. Raises Refused."""
        user, language = self.request.user, get_language() or "en"
        if not rules.may_decide(delegation, user):
            raise rules.NotFirstCoordinator
        if not may_write_to(delegation, email):
            raise rules.TooManyInvitations
        if services.invite_coordinator(delegation=delegation, email=email, language=language, actor=user):
            return _("%(email)s coordinates too.") % {"email": email}
        return _("An invitation is on its way to %(email)s.") % {"email": email}

    def list_page(self, delegation: Delegation, form: CoordinatorForm) -> HttpResponse:
        return self.page(
            "coordinators",
            delegation,
            coordinators=coordinators_of(delegation),
            candidates=delegation.candidates.pending(self.at).select_related("user"),
            may_decide=rules.may_decide(delegation, self.request.user),
            form=form,
        )


def coordinators_of(delegation: Delegation) -> list[dict[str, object]]:
    """Each coordinator, with whether the parliament's contacts confirm the address.

    The addresses of groups count as known, because groups have no contacts.
    """
    contacts = [contact.email for contact in mailing.contacts_of(delegation.organisation_id)]
    return [
        {"user": user, "is_known": bool(delegation.group) or is_known(user.email, contacts)}
        for user in delegation.coordinators.all()
    ]


def may_write_to(delegation: Delegation, email: str) -> bool:
    """True if one more mail may go to this address, which its owner did not enter. Counts the mail."""
    allowed = limits.allow("invited-by", delegation.pk, INVITED_PER_DELEGATION)
    return allowed and limits.allow("invited", email, MAILS_PER_ADDRESS)


def find_delegation(request: SignedInRequest, pk: int) -> Delegation:
    """The delegation, for users who may see it. Raises Http404."""
    return get_object_or_404(Delegation.objects.visible_to(request.user), pk=pk)


def coordinator_of(delegation: Delegation, person: int) -> User:
    """The coordinator with this key. Raises CoordinatesNoMore."""
    user = delegation.coordinators.filter(pk=person).first()
    if user is None:
        raise rules.CoordinatesNoMore
    return user


def candidate_among(candidates: QuerySet[Candidate], pk: int) -> Candidate:
    """The candidate with this key. Raises CandidateGone, also if an earlier click has dealt with it."""
    candidate = candidates.select_related("user", "delegation").filter(pk=pk).first()
    if candidate is None:
        raise rules.CandidateGone
    return candidate


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int, person: int) -> HttpResponse:
    """Remove another coordinator, or leave."""
    delegation = find_delegation(request, pk)

    def act() -> str:
        user = coordinator_of(delegation, person)
        services.remove_coordinator(delegation=delegation, user=user, actor=request.user)
        return _("%(email)s no longer coordinates the delegation.") % {"email": user.email}

    has_left = show_result(request, act) and person == request.user.pk
    return redirect("registration:desk") if has_left else redirect("registration:coordinators", pk)


@login_required
@require_POST
def hand_over(request: SignedInRequest, pk: int, person: int) -> HttpResponse:
    """Make another coordinator the first one."""
    delegation = find_delegation(request, pk)

    def act() -> str:
        user = coordinator_of(delegation, person)
        services.hand_over(delegation=delegation, to=user, actor=request.user)
        return _("%(email)s is the first coordinator now.") % {"email": user.email}

    show_result(request, act)
    return redirect("registration:coordinators", pk)


@login_required
@require_POST
def admit(request: SignedInRequest, pk: int, candidate: int) -> HttpResponse:
    """Accept a user who asked to coordinate."""
    candidates = find_delegation(request, pk).candidates.all()

    def act() -> str:
        asking = candidate_among(candidates, candidate)
        services.admit_coordinator(candidate=asking, actor=request.user)
        return _("%(email)s coordinates too.") % {"email": asking.user.email}

    show_result(request, act)
    return redirect("registration:coordinators", pk)


@login_required
@require_POST
def dismiss(request: SignedInRequest, pk: int, candidate: int) -> HttpResponse:
    """Refuse a user who asked to coordinate, or take an invitation back."""
    candidates = find_delegation(request, pk).candidates.all()

    def act() -> str:
        known = candidate_among(candidates, candidate)
        services.dismiss_candidate(candidate=known, actor=request.user)
        return _("%(email)s will not coordinate the delegation.") % {"email": known.user.email}

    show_result(request, act)
    return redirect("registration:coordinators", pk)


@login_required
@require_POST
def join(request: SignedInRequest, candidate: int) -> HttpResponse:
    """Accept the coordinators' invitation."""
    language = get_language() or "en"
    try:
        own = candidate_among(request.user.candidacies.all(), candidate)
        return redirect(services.join_as_coordinator(candidate=own, user=request.user, language=language))
    except rules.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("registration:desk")


@login_required
@require_POST
def refuse(request: SignedInRequest, candidate: int) -> HttpResponse:
    """Refuse the coordinators' invitation, or take back one's own request."""

    def act() -> str:
        own = candidate_among(request.user.candidacies.all(), candidate)
        services.dismiss_candidate(candidate=own, actor=request.user)
        return _("You will not coordinate this delegation.")

    show_result(request, act)
    return redirect("registration:desk")
