"""What a person has to do: their delegations and the events of their teams."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from events.models import Event
from registration.deadlines import Deadline
from registration.models import Delegation


@login_required
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """The first page after signing in."""
    now = timezone.now()
    own = Delegation.objects.of_coordinator(request.user).with_event().counted()
    context = {
        "delegations": [(one, Deadline.of(one.event, now, one.organisation)) for one in own.latest_first()],
        "events": Event.objects.of_team(request.user).order_by("-first_day", "-pk"),
    }
    return render(request, "registration/desk.html", context)
