"""Personal data: record who reveals it, find it for a person who asks for it, and erase it on request."""

from collections.abc import Collection

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from accounts.privacy import Subject
from accounts.services import erase
from events.models import Event
from registration import rules
from registration.fields import SENSITIVE
from registration.models import ChangeRequest, Delegation, Participant


class StillExpected(rules.Refused):
    """The person is expected at a coming event, as a participant or coordinator; erasing needs a reason."""

    sentence = gettext_lazy(
        "Nothing was erased: the person is confirmed, or coordinates a delegation, for an event that is not over. "
        "To erase the data all the same, give a reason."
    )


class OfSecretariat(rules.Refused):
    """An account of the secretariat cannot be erased."""

    sentence = gettext_lazy(
        "Nothing was erased: this is an account of the secretariat. Take the right away first, on its page."
    )


@transaction.atomic
def reveal_person(*, participant: Participant, fields: Collection[str] = SENSITIVE, actor: User) -> list[str]:
    """Record that the actor reads masked fields; returns the names of those that hold a value.

    Records nothing if none of them holds a value.
    """
    shown = [name for name in SENSITIVE if name in fields and getattr(participant, name) not in (None, "")]
    if shown:
        audit.record(actor, "person.revealed", participant, changes={"fields": shown})
    return shown


@transaction.atomic
def reveal_request(*, request: ChangeRequest, actor: User) -> list[str]:
    """Do the same for the values that a request proposes."""
    proposed = request.proposal.get("fields", {})
    shown = [name for name in SENSITIVE if proposed.get(name) not in (None, "")]
    if shown:
        audit.record(actor, "request.revealed", request.delegation, changes={"fields": shown})
    return shown


def subject_of_person(participant: Participant) -> Subject:
    """One registered person, without other data that shares their address."""
    names = frozenset([participant.full_name] if participant.has_name else [])
    return Subject("", frozenset([participant.pk]), names, frozenset([participant.event_id]))


def subject_of_address(email: str, chosen: Collection[int] | None = None) -> Subject:
    """The data stored under the address: the account, the mails, and the people registered with it.

    With `chosen`, only these people, by key.
    """
    people = registered_with(email).select_related("delegation")
    if chosen is not None:
        people = people.filter(pk__in=chosen)
    return Subject(
        email.strip().lower(),
        frozenset(person.pk for person in people),
        frozenset(person.full_name for person in people if person.has_name),
        frozenset(person.delegation.event_id for person in people),
    )


def registered_with(email: str) -> "models.QuerySet[Participant]":
    """The people registered with the address, at any event."""
    return Participant.objects.filter(email__iexact=email.strip()).order_by("pk")


def account_of(email: str) -> User:
    """The account with the address, or an unsaved account for the audit entry."""
    return User.objects.filter(email=email.strip().lower()).first() or User(pk=0)


def is_expected(subject: Subject) -> bool:
    """True if the person is confirmed, or coordinates a delegation, for an event that is not over."""
    confirmed = Q(participants__in=subject.people, participants__status=Participant.Status.CONFIRMED)
    coordinated = Q(coordinators__email=subject.email) & ~Q(status__in=Delegation.ENDED)
    involved = confirmed | coordinated if subject.email else confirmed
    events = Event.objects.filter(delegations__in=Delegation.objects.filter(involved)).distinct()
    return any(not event.is_over for event in events)


@transaction.atomic
def erase_person_data(
    *, subject: Subject, about: models.Model, reason: str = "", actor: User
) -> dict[str, int]:
    """Erase the data of a person from every store; returns the number of erased items by store.

    The data of others and all counts stay. Raises OfSecretariat and, without a reason, StillExpected.
    """
    theirs = Q(participants__in=subject.people)
    if subject.email:
        theirs |= Q(coordinators__email=subject.email)
    keys = Delegation.objects.filter(theirs).values("pk")
    held = Delegation.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    touched = [delegation.pk for delegation in held]
    if subject.email and User.objects.filter(email=subject.email, is_staff=True).exists():
        raise OfSecretariat
    if not reason and is_expected(subject):
        raise StillExpected
    counts = erase(subject=subject, about=about, reason=reason, actor=actor)
    Delegation.objects.filter(pk__in=touched).update(version=models.F("version") + 1)
    _name_leads(touched)
    return counts


def _name_leads(delegations: Collection[int]) -> None:
    """Make another coordinator the first one where the first coordinator was erased."""
    leaderless = Delegation.objects.filter(pk__in=delegations, lead=None, coordinators__isnull=False)
    for delegation in leaderless.distinct():
        delegation.lead = delegation.coordinators.order_by("pk").first()
        delegation.save(update_fields=["lead"])
