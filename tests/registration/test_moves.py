"""Every action on a delegation, person or request, called twenty times at once: one effect, one mail."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration import rules, services
from registration.models import ChangeRequest, Delegation, Participant, Places
from tests.factories import (
    EventFactory,
    ParticipantFactory,
    PlacesFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.race import at_once
from tests.registration.samples import confirm, coordinator, draft, submit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("ringing")]

MANY = 20

# The action, the verb of its audit entry, the kind of its mail ("" for none).
Move = tuple[Callable[[], object], str, str]


def closed(delegation: Delegation) -> Delegation:
    delegation.event.windows.update(closes_at=timezone.now() - timedelta(days=1))
    return delegation


def first(delegation: Delegation) -> Participant:
    return delegation.participants.select_related("delegation__event").in_order()[0]


def submission() -> Move:
    delegation = draft()
    return lambda: submit(delegation), "delegation.submitted", "receipt"


def submission_of_some() -> Move:
    delegation = draft(people=3)
    keys = list(delegation.participants.in_order().values_list("pk", flat=True)[:2])
    return lambda: submit(delegation, people=keys), "delegation.submitted", "receipt"


def confirmation() -> Move:
    delegation, officer = submit(draft()), StaffFactory()
    return lambda: confirm(delegation, actor=officer), "delegation.confirmed", "confirmed"


def of_secretariat(verb: str, kind: str) -> Move:
    delegation = submit(draft())
    seen = {
        "delegation": delegation,
        "version": delegation.version,
        "actor": StaffFactory(),
        "reason": "Why.",
    }
    return lambda: getattr(services, f"{verb}_delegation")(**seen), f"delegation.{kind}", kind


def withdrawal() -> Move:
    delegation = submit(draft())
    seen = {"delegation": delegation, "version": delegation.version, "actor": coordinator(delegation)}
    return lambda: services.withdraw_delegation(**seen), "delegation.withdrawn", "withdrawn"


def reopening() -> Move:
    delegation = draft(status="withdrawn")
    seen = {"delegation": delegation, "version": delegation.version, "actor": coordinator(delegation)}
    return lambda: services.reopen_delegation(**seen), "delegation.reopened", ""


def rejection_of_a_person() -> Move:
    person, officer = first(submit(draft(people=2))), StaffFactory()
    act = lambda: services.reject_person(participant=person, reason="Why.", actor=officer)  # noqa: E731
    return act, "person.rejected", "person_rejected"


def cancellation() -> Move:
    person = first(submit(draft(people=2)))
    user = coordinator(person.delegation)
    return lambda: services.cancel_person(participant=person, reason="", actor=user), "person.cancelled", ""


def substitution() -> Move:
    person = first(submit(draft()))
    user = coordinator(person.delegation)
    fields = {"role": "head", "family_names": "Dos", "function": "Senator"}

    def act() -> object:
        return services.substitute_person(participant=person, fields=fields, language="en", actor=user)

    return act, "person.substituted", ""


def late_request() -> Move:
    delegation = closed(draft())
    asked = {
        "version": delegation.version,
        "why": "Late.",
        "privacy_read": True,
        "actor": coordinator(delegation),
    }
    return lambda: services.request_late(delegation=delegation, **asked), "request.made", "request_received"


def asked_late() -> ChangeRequest:
    delegation = closed(draft())
    return services.request_late(
        delegation=delegation,
        version=delegation.version,
        why="Late.",
        privacy_read=True,
        actor=coordinator(delegation),
    )


def answer(accept: bool) -> Move:
    request, officer = asked_late(), StaffFactory()
    verb = "accepted" if accept else "refused"

    def act() -> object:
        return services.answer_request(request=request, accept=accept, answer="So be it.", actor=officer)

    return act, f"request.{verb}", f"request_{verb}"


def taking_back() -> Move:
    request = asked_late()
    user = coordinator(request.delegation)
    return lambda: services.take_back(request=request, actor=user), "request.taken_back", ""


MOVES: dict[str, Callable[[], Move]] = {
    "submission": submission,
    "submission of some": submission_of_some,
    "confirmation": confirmation,
    "return": lambda: of_secretariat("return", "returned"),
    "rejection": lambda: of_secretariat("reject", "rejected"),
    "withdrawal": withdrawal,
    "reopening": reopening,
    "rejection of a person": rejection_of_a_person,
    "cancellation of a person": cancellation,
    "substitution": substitution,
    "late request": late_request,
    "acceptance of a request": lambda: answer(True),
    "refusal of a request": lambda: answer(False),
    "taking a request back": taking_back,
}


@pytest.mark.parametrize("name", MOVES)
def test_move_made_twenty_times_at_once_has_one_effect_and_one_mail(name: str) -> None:
    act, verb, kind = MOVES[name]()
    OutgoingMail.objects.all().delete()

    ended = at_once(MANY, act, rules.Refused)

    refused = [one for one in ended if isinstance(one, rules.Refused)]
    assert (len(refused), all(map(str, refused))) == (MANY - 1, True)
    assert AuditEntry.objects.filter(verb=verb).count() == 1
    assert dict(Counter(OutgoingMail.objects.values_list("kind", flat=True))) == ({kind: 1} if kind else {})


@pytest.mark.parametrize("name", ["submission", "withdrawal", "late request"])
def test_second_coordinator_may_do_it_and_both_are_told(name: str) -> None:
    MOVES[name]()
    delegation = Delegation.objects.get()
    delegation.coordinators.add(second := UserFactory())
    OutgoingMail.objects.all().delete()
    seen = {"delegation": delegation, "version": delegation.version, "actor": second}
    terms = {"privacy_read": True}
    act = {
        "submission": lambda: services.submit_delegation(**seen, **terms),
        "withdrawal": lambda: services.withdraw_delegation(**seen),
        "late request": lambda: services.request_late(**seen, **terms, why="Late."),
    }[name]

    act()

    addresses = list(delegation.coordinators.order_by("pk").values_list("email", flat=True))
    assert list(OutgoingMail.objects.order_by("to").values_list("to", flat=True)) == sorted(addresses)


def test_places_are_given_back_and_taken_at_once_without_one_too_many() -> None:
    """No deadlock between people who leave and people who come, and the counters match the people."""
    event = WindowFactory(event=EventFactory()).event
    PlacesFactory(event=event, places=5)
    PlacesFactory(event=event, category="members", places=4)
    delegations = [draft(event=event_of_own) for event_of_own in EventFactory.create_batch(MANY)]
    Delegation.objects.update(event=event)
    delegations = list(Delegation.objects.order_by("pk"))
    leaving, coming = delegations[: MANY // 2], iter(delegations[MANY // 2 :])
    people = iter([first(submit(delegation)) for delegation in leaving])
    officer = StaffFactory()

    def leave_or_come(number: int) -> object:
        if number % 2:
            return submit(next(coming))
        return services.cancel_person(participant=next(people), reason="", actor=officer)

    numbers = iter(range(MANY))
    ended = at_once(MANY, lambda: leave_or_come(next(numbers)))

    assert len(ended) == MANY
    holding = Participant.objects.with_status("submitted", "confirmed")
    assert dict(Places.objects.values_list("category", "taken")) == {
        "": holding.count(),
        "members": holding.count(),
    }
    assert (holding.count(), Participant.objects.on_waiting_list(event).count()) == (4, 6)


def test_place_that_comes_free_while_many_wait_goes_to_one() -> None:
    event = WindowFactory(event=EventFactory()).event
    PlacesFactory(event=event, places=1)
    delegation = draft(event=event)
    event.windows.exclude(pk=event.windows.first().pk).delete()
    for _number in range(3):
        ParticipantFactory(delegation=delegation, function="Member", order=9)
    submit(delegation)
    person = Participant.objects.select_related("delegation__event").get(status="submitted")
    officer = StaffFactory()

    at_once(
        MANY, lambda: services.reject_person(participant=person, reason="Why.", actor=officer), rules.Refused
    )

    assert Counter(Participant.objects.values_list("status", flat=True)) == {
        "rejected": 1,
        "submitted": 1,
        "waitlisted": 2,
    }
