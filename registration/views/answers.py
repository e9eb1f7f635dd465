"""The page of an invitation, with or without its link, and the answer to the invitation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import limits
from accounts.models import User
from events.models import Window
from registration import services
from registration.deadlines import Deadline
from registration.forms import InvitationAnswerForm
from registration.models import Delegation, Invitation
from registration.views.telling import show_result

ANSWERS_PER_INVITATION = (20, 3600)  # answers per number of seconds; each adds an audit entry


def invitation_page(
    request: HttpRequest, template: str, invitation: Invitation, **context: Any
) -> HttpResponse:
    """The page of an invitation: event, deadlines, state, and what the reader can do."""
    shown = {
        "invitation": invitation,
        "event": invitation.event,
        "answer_form": InvitationAnswerForm(),
        **deadline_context(invitation),
        **answer_context(request, invitation),
    }
    return render(request, template, shown | context)


def deadline_context(invitation: Invitation) -> dict[str, object]:
    """The present deadlines for registering and for answering."""
    event, organisation, now = invitation.event, invitation.organisation, timezone.now()
    return {
        "deadline": Deadline.of(event, now, organisation) if event.is_on else None,
        "answer_deadline": Deadline.of(event, now, organisation, Window.Stage.ACCEPT),
        "takes_answers": services.takes_answers(invitation),
        "can_change": services.can_change_answer(invitation, now),
    }


def answer_context(request: HttpRequest, invitation: Invitation) -> dict[str, object]:
    """The reader's own or somebody else's delegation, and whether the reader may answer."""
    delegation = delegation_of(invitation)
    coordinators = list(delegation.coordinators.all()) if delegation else []
    is_own = request.user in coordinators
    return {
        "own": delegation if is_own else None,
        "coordinated": delegation if coordinators and not is_own else None,
        "may_answer": is_own or not coordinators or is_officer(request),
    }


def delegation_of(invitation: Invitation) -> Delegation | None:
    """The delegation of the invitation, with its coordinators."""
    there = Delegation.objects.of_invitation(invitation)
    return there.prefetch_related("coordinators").first()


def is_officer(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_secretariat


def give_answer(request: HttpRequest, invitation: Invitation) -> InvitationAnswerForm | None:
    """Save the answer and show a message; returns the form if it is refused."""
    form = InvitationAnswerForm(request.POST)
    if form.is_valid() and not limits.allow("answer", invitation.pk, ANSWERS_PER_INVITATION):
        form.add_error(None, _("The answer was changed too often. Try again later."))
    if form.errors:
        return form
    show_result(request, lambda: save_answer(request, invitation, **form.cleaned_data))
    return None


def save_answer(request: HttpRequest, invitation: Invitation, *, state: str, answer: str) -> str:
    """Answer as the signed-in user, or as a user of the link; returns the message."""
    actor = request.user if isinstance(request.user, User) else None
    if state == Invitation.State.ACCEPTED:
        services.accept_invitation(invitation=invitation, answer=answer, actor=actor)
        return _("Invitation accepted.")
    services.decline_invitation(invitation=invitation, answer=answer, actor=actor)
    return _("Invitation declined.")
