"""Private data of people: opened deliberately, disclosed to whoever asks for their own, erased on request."""

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
    """The person is to take part, or coordinates who does; an erasure now needs a reason."""

    sentence = gettext_lazy(
        "Nothing was erased: the person is confirmed, or coordinates a delegation, for an event that is not over. "
        "To erase the data all the same, give a reason."
    )


class OfSecretariat(rules.Refused):
    """Accounts of the secretariat are not erased like others."""

    sentence = gettext_lazy(
        "Nothing was erased: this is an account of the secretariat. Take the right away first, on its page."
    )


@transaction.atomic
def reveal_person(*, participant: Participant, fields: Collection[str] = SENSITIVE, actor: User) -> list[str]:
    """Note that somebody reads what is masked otherwise; the names of the fields that hold something.

    Without any there is nothing to note.
    """
    shown = [name for name in SENSITIVE if name in fields and getattr(participant, name) not in (None, "")]
    if shown:
        audit.record(actor, "person.revealed", participant, changes={"fields": shown})
    return shown


@transaction.atomic
def reveal_request(*, request: ChangeRequest, actor: User) -> list[str]:
    """The same of what a request proposes."""
    proposed = request.proposal.get("fields", {})
    shown = [name for name in SENSITIVE if proposed.get(name) not in (None, "")]
    if shown:
        audit.record(actor, "request.revealed", request.delegation, changes={"fields": shown})
    return shown


def subject_of_person(participant: Participant) -> Subject:
    """One registered person, whatever else goes by the same address."""
    names = frozenset([participant.full_name] if participant.has_name else [])
    return Subject("", frozenset([participant.pk]), names, frozenset([participant.event_id]))


def subject_of_address(email: str, chosen: Collection[int] | None = None) -> Subject:
    """All that goes by the address: the account, the mails and everybody registered with it, or those chosen."""
    people = registered_with(email).select_related("delegation")
    if chosen is not None:
        people = people.filter(pk__in=chosen)
    return Subject(
        email.strip().lower(),
        frozenset(one.pk for one in people),
        frozenset(one.full_name for one in people if one.has_name),
        frozenset(one.delegation.event_id for one in people),
    )


def registered_with(email: str) -> "models.QuerySet[Participant]":
    """Everybody registered with the address, at whichever event."""
    return Participant.objects.filter(email__iexact=email.strip()).order_by("pk")


def account_of(email: str) -> User:
    """The account with the address; one without a key where there is none, for the trail."""
    return User.objects.filter(email=email.strip().lower()).first() or User(pk=0)


def is_expected(subject: Subject) -> bool:
    """Whether the person is confirmed, or coordinates a delegation, for an event that is not over."""
    confirmed = Q(participants__in=subject.people, participants__status=Participant.Status.CONFIRMED)
    coordinated = Q(coordinators__email=subject.email) & ~Q(status__in=Delegation.ENDED)
    involved = confirmed | coordinated if subject.email else confirmed
    events = Event.objects.filter(delegations__in=Delegation.objects.filter(involved)).distinct()
    return any(not event.is_over for event in events)


@transaction.atomic
def erase_person_data(
    *, subject: Subject, about: models.Model, reason: str = "", actor: User
) -> dict[str, int]:
    """Remove the data of a person in every store, for good; how many things in each. Others and all counts stay.

    Raises OfSecretariat and, without a reason, StillExpected.
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
    """Where the first coordinator has gone, another one comes first."""
    leaderless = Delegation.objects.filter(pk__in=delegations, lead=None, coordinators__isnull=False)
    for delegation in leaderless.distinct():
        delegation.lead = delegation.coordinators.order_by("pk").first()
        delegation.save(update_fields=["lead"])
