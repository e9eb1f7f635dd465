"""The desk: a user's delegations, invitations, and events of their teams."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from events.models import Event
from registration import rules, services
from registration.deadlines import Deadline
from registration.models import (
    ChangeRequest,
    Delegation,
    Invitation,
    Participant,
    offered_invitations,
    visible_invitations,
)
from registration.models.invitation import InvitationQuerySet
from registration.views.answers import give_answer, invitation_page

ANNOTATIONS = {
    "people": Count("participants", filter=~Q(participants__status__in=Participant.ABSENT)),
    "has_asked_late": Exists(ChangeRequest.objects.filter(delegation=OuterRef("pk")).pending().late()),
}
EventGroup = tuple[Event, list[tuple[Delegation, Deadline | None]]]


@login_required
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """The first page after signing in."""
    now = timezone.now()
    own = Delegation.objects.of_coordinator(request.user).with_event().annotate(**ANNOTATIONS)
    candidacies = request.user.candidacies.pending(now)
    context = {
        "groups": group_by_event(own.select_related("invitation").latest_first()),
        "candidacies": candidacies.select_related("delegation__event", "delegation__organisation"),
        "invitations": offered_invitations(request.user, now.date()).select_related("event", "organisation"),
        "events": Event.objects.of_team(request.user).order_by("-first_day", "-pk"),
    }
    return render(request, "registration/desk.html", context)


def group_by_event(delegations: Iterable[Delegation]) -> list[EventGroup]:
    """Each event with the user's delegations to it and their deadlines."""
    now, groups = timezone.now(), dict[int, EventGroup]()
    for delegation in delegations:
        _event, rows = groups.setdefault(delegation.event_id, (delegation.event, []))
        rows.append((delegation, Deadline.of(delegation.event, now, delegation.organisation)))
    return list(groups.values())


class OwnInvitation(LoginRequiredMixin, View):
    """The page of an invitation for users who need no link.

    These are coordinators, users it is offered to, and the secretariat.
    """

    request: SignedInRequest

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        return self.page(find_invitation(request, pk))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        invitation = find_invitation(request, pk)
        if form := give_answer(request, invitation):
            return self.page(invitation, answer_form=form)
        return redirect("registration:own-invitation", pk)

    def page(self, invitation: Invitation, **context: object) -> HttpResponse:
        urls = {
            "answer_url": reverse("registration:own-invitation", args=[invitation.pk]),
            "begin_url": reverse("registration:begin", args=[invitation.pk]),
        }
        return invitation_page(self.request, "registration/own_invitation.html", invitation, **urls | context)


@login_required
@require_POST
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Coordinate the delegation again, as at the parliament's last event."""
    user, language = request.user, get_language() or "en"
    offered = offered_invitations(user, timezone.now().date()).with_parliament().filter(pk=pk)
    invitation = offered.first() or get_object_or_404(already_begun_invitations(user), pk=pk)
    services.open_invitation(invitation=invitation)
    try:
        return redirect(services.claim_delegation(invitation=invitation, user=user, language=language))
    except rules.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("registration:desk")


def already_begun_invitations(user: User) -> InvitationQuerySet:
    """Invitations of the user's organisations whose registration somebody has begun already.

    The desk may still offer them on an open page; `begin` then says who coordinates.
    """
    begun = Delegation.objects.filter(invitation=OuterRef("pk"), coordinators__isnull=False)
    known = Invitation.objects.filter(Exists(begun), organisation__delegations__coordinators=user)
    return known.with_parliament().distinct()


def find_invitation(request: SignedInRequest, pk: int) -> Invitation:
    """The invitation, for users who may see it without its link. Raises Http404."""
    visible = visible_invitations(request.user, timezone.now().date()).with_parliament()
    return get_object_or_404(visible.prefetch_related("event__windows", "event__extensions"), pk=pk)
