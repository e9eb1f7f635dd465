"""Requests after a deadline: the proposed fields and the texts of both sides."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, privacy_levels, values
from registration.fields import WEEK, YEAR
from registration.models import ChangeRequest
from registration.models.messages import ChangeRequestQuerySet
from registration.stores.due import empty_due, kept_until

EVENT = "delegation__event"
# A proposal may hold passport data, so it is kept only as long as its field with the shortest period.
KEEP: dict[str, int | None] = {"proposal": WEEK, "why": YEAR, "answer": YEAR}
ADDRESSES = ("fields__email", "fields__second_contact_email", "before__second_contact_email")
State = ChangeRequest.State


def _purge(at: datetime) -> int:
    return empty_due(ChangeRequest.objects.all(), KEEP, at, EVENT)


def _about(subject: Subject) -> ChangeRequestQuerySet:
    """Requests about these people, with the address in the proposal, or with one of the names in a text."""
    about = Q(participant__in=subject.people)
    if subject.email:
        about |= reduce(or_, (Q(**{f"proposal__{place}__iexact": subject.email}) for place in ADDRESSES))
    named = [Q(why__contains=name) | Q(answer__contains=name) for name in subject.names]
    in_words = Q(delegation__event__in=subject.events) & reduce(or_, named) if named else Q(pk=None)
    return ChangeRequest.objects.filter(about | in_words)


def _find(subject: Subject) -> list[Finding]:
    """The requests of `_about`, and those that the person made for others."""
    asked = Q(asked_by__email__iexact=subject.email) if subject.email else Q(pk=None)
    requests = ChangeRequest.objects.filter(Q(pk__in=_about(subject).values("pk")) | asked)
    return [_finding(one) for one in requests.select_related(EVENT)]


def _finding(request: ChangeRequest) -> Finding:
    held = values(request, REQUESTS.fields)
    return Finding(
        request._meta.label_lower, request.pk, held, kept_until(request.delegation.event.last_day, KEEP, held)
    )


def _erase(subject: Subject) -> int:
    """Empty the requests and take back pending ones: nothing is left to accept."""
    keys = list(_about(subject).values_list("pk", flat=True))
    requests = ChangeRequest.objects.filter(pk__in=keys)
    requests.filter(state=State.PENDING).update(state=State.TAKEN_BACK)
    return requests.update(proposal={}, why="", answer="")


REQUESTS = Store(
    name=_("Requests for changes"),
    purpose=_("to decide about changes after a deadline"),
    kept=_("what is proposed until a week after the event, the words of both sides for a year"),
    fields=privacy_levels(Privacy.SENSITIVE, "registration.changerequest", "proposal")
    | privacy_levels(Privacy.PERSONAL, "registration.changerequest", "why answer")
    | privacy_levels(Privacy.INTERNAL, "registration.changerequest", "asked_by answered_by"),
    find=_find,
    erase=_erase,
    purge=_purge,
)
