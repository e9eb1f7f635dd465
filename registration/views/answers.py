"""The page behind an invitation, whoever shows it: what it says, and the answer to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import limits
from accounts.models import User
from events.models import Window
from registration import rules, services
from registration.deadlines import Deadline
from registration.forms import InvitationAnswerForm
from registration.models import Delegation, Invitation

ANSWERS_PER_INVITATION = (20, 3600)  # changes of mind in seconds; each is a line of the trail


def invitation_page(
    request: HttpRequest, template: str, invitation: Invitation, **context: Any
) -> HttpResponse:
    """Who is invited to what, until when, how it stands and what the reader may do about it."""
    now, delegation = timezone.now(), delegation_of(invitation)
    coordinators = list(delegation.coordinators.all()) if delegation else []
    is_own = request.user in coordinators
    shown = {
        "invitation": invitation,
        "event": invitation.event,
        "deadline": Deadline.of(invitation.event, now, invitation.organisation),
        "answer_deadline": Deadline.of(invitation.event, now, invitation.organisation, Window.Stage.ACCEPT),
        "own": delegation if is_own else None,
        "coordinated": delegation if coordinators and not is_own else None,
        "takes_answers": services.takes_answers(invitation),
        "may_answer": is_own or not coordinators or is_officer(request),
        "can_change": services.can_change_answer(invitation, now),
        "answer_form": InvitationAnswerForm(initial={"answer": invitation.answer}),
    }
    return render(request, template, shown | context)


def delegation_of(invitation: Invitation) -> Delegation | None:
    """The delegation that the invitation asks for, with its coordinators."""
    there = Delegation.objects.filter(event=invitation.event_id, organisation=invitation.organisation_id)
    return there.prefetch_related("coordinators").first()


def is_officer(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_secretariat


def give_answer(request: HttpRequest, invitation: Invitation) -> InvitationAnswerForm | None:
    """Write down yes or no and say so in a message; the form when it is refused."""
    form = InvitationAnswerForm(request.POST)
    if not form.is_valid():
        return form
    if not limits.allow("answer", invitation.pk, ANSWERS_PER_INVITATION):
        form.add_error(None, _("The answer was changed too often. Try again later."))
        return form
    accepts = form.cleaned_data["state"] == Invitation.State.ACCEPTED
    verb = services.accept_invitation if accepts else services.decline_invitation
    actor = request.user if isinstance(request.user, User) else None
    try:
        verb(invitation=invitation, answer=form.cleaned_data["answer"], actor=actor)
    except rules.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Invitation accepted.") if accepts else _("Invitation declined."))
    return None
