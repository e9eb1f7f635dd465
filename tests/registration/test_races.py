"""Concurrent calls on PostgreSQL: each change of state has one effect and one mail."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from accounts.models import AuditEntry, User
from accounts.sign_in import get_or_create_user
from events.models import Event, Window
from jobs.clock import database_now
from jobs.models import OutgoingMail
from registration import rules, services
from registration.deadlines import OutsideWindow
from registration.models import Delegation, Invitation, Participant
from tests.factories import ContactFactory, ParliamentFactory, StaffFactory, UserFactory, WindowFactory
from tests.race import in_own_connection, until_somebody_waits
from tests.registration.samples import confirm, coordinator, draft, give_back, save, submit
from tests.registration.steps import issued_invitation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("ringing")]

MANY = 20
PATIENCE = 10  # seconds


def at_once(calls: Sequence[Callable[[], object]]) -> Counter[str]:
    """Make all calls at the same time, each with its own connection, and count the outcomes."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        barrier.wait()
        try:
            call()
        except rules.Refused as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def mails() -> Counter[str]:
    return Counter(OutgoingMail.objects.values_list("kind", flat=True))


def verbs() -> Counter[str]:
    return Counter(AuditEntry.objects.values_list("verb", flat=True))


def test_twenty_submissions_have_one_effect_and_one_receipt() -> None:
    delegation = draft(people=2)

    ended = at_once([lambda: submit(delegation)] * MANY)

    assert ended == {"done": 1, "WrongStatus": MANY - 1}
    assert (mails(), verbs()) == ({"receipt": 1}, {"delegation.submitted": 1})


def test_two_coordinators_submitting_at_once_are_told_apart() -> None:
    delegation = draft()
    delegation.coordinators.add(second := UserFactory())

    ended = at_once([lambda: submit(delegation), lambda: submit(delegation, actor=second)])

    assert ended == {"done": 1, "WrongStatus": 1}
    assert mails() == {"receipt": 2}  # one for each of them


def test_twenty_confirmations_have_one_effect_and_one_mail() -> None:
    delegation, officers = submit(draft()), StaffFactory.create_batch(2)

    one, other = ((lambda officer=officer: confirm(delegation, actor=officer)) for officer in officers)
    ended = at_once([one, other] * (MANY // 2))

    assert ended == {"done": 1, "WrongStatus": MANY - 1}
    assert mails() == {"receipt": 1, "confirmed": 1}


def test_confirmation_and_return_at_once_have_one_effect() -> None:
    delegation, officer = submit(draft()), StaffFactory()

    ended = at_once(
        [lambda: confirm(delegation, actor=officer), lambda: give_back(delegation, actor=officer)]
    )

    status = Delegation.objects.get().status
    # The second call finds the delegation returned, or confirmed in a newer version.
    assert ended == {"done": 1, {"returned": "WrongStatus", "confirmed": "VersionChanged"}[status]: 1}
    assert mails() == {"receipt": 1, status: 1}


def test_twenty_saves_of_one_version_keep_the_first() -> None:
    delegation = draft()

    ended = at_once([lambda n=n: save(delegation, remarks=f"Window {n}.") for n in range(MANY)])

    assert ended == {"done": 1, "DetailsChanged": MANY - 1}
    assert Delegation.objects.get().version == delegation.version + 1


def test_twenty_people_with_one_link_leave_one_coordinator() -> None:
    invitation, people = issued_invitation(), UserFactory.create_batch(MANY)

    ended = at_once(
        [
            lambda user=user: services.claim_delegation(invitation=invitation, user=user, language="en")
            for user in people
        ]
    )

    assert ended == {"done": 1, "AlreadyCoordinated": MANY - 1}
    assert Delegation.objects.get().coordinators.count() == 1


def test_one_person_in_twenty_windows_claims_once() -> None:
    invitation, user = issued_invitation(), UserFactory()

    ended = at_once(
        [lambda: services.claim_delegation(invitation=invitation, user=user, language="en")] * MANY
    )

    assert ended == {"done": MANY}
    assert verbs() == {"delegation.claimed": 1}


def test_new_address_given_twenty_times_makes_one_person() -> None:
    ended = at_once([lambda: get_or_create_user("new@parliament.example")] * MANY)

    assert ended == {"done": MANY}
    assert User.objects.get().emailaddress_set.count() == 1


def test_two_officers_inviting_at_once_issue_each_invitation_once() -> None:
    event, parliaments, officer = WindowFactory().event, ParliamentFactory.create_batch(30), StaffFactory()

    ended = at_once(
        [lambda: services.invite(event=event, parliaments=parliaments, language="own", actor=officer)] * 4
    )

    assert ended == {"done": 4}
    assert Invitation.objects.exclude(token_hash=None).count() == 30
    issued = AuditEntry.objects.filter(verb="invitations.issued").values_list(
        "changes__parliaments", flat=True
    )
    assert sum(len(codes) for codes in issued) == 30


def test_links_sent_by_two_officers_at_once_reach_each_contact_once() -> None:
    event, parliaments, officer = WindowFactory().event, ParliamentFactory.create_batch(10), StaffFactory()
    for parliament in parliaments:
        ContactFactory(parliament=parliament)
    services.invite(event=event, parliaments=parliaments, language="own", actor=officer)

    ended = at_once(
        [lambda: services.send_invitations(invitations=Invitation.objects.all(), actor=officer)] * 4
    )

    assert ended == {"done": 4}
    assert mails() == {"invitation": 10}


def test_submission_that_waited_across_the_deadline_is_late() -> None:
    """The time is read after the lock: at the start of the call, the deadline had not passed."""
    delegation = draft()
    refusals = []

    def wait_and_submit() -> None:
        try:
            submit(delegation, actor=user)
        except OutsideWindow as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    user = coordinator(delegation)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Delegation.objects.select_for_update(no_key=True).get()
            submission = pool.submit(wait_and_submit)
            until_somebody_waits()
            Window.objects.update(closes_at=database_now())
        submission.result(PATIENCE)

    assert [refusal.early for refusal in refusals] == [False]
    assert Delegation.objects.get().status == "draft"


def test_spreadsheet_of_registered_people_waits_for_the_event_before_it_holds_anybody() -> None:
    delegation, officer = submit(draft(people=2)), StaffFactory()
    first, second = delegation.participants.in_order()
    changes = [(first, {"function": "Chair"}), (second, {"role": Participant.Role.ADVISER})]
    entries = [services.Entry(row, one, None, None, fields) for row, (one, fields) in enumerate(changes)]
    sheet = {"delegation": delegation, "entries": entries, "language": "en", "actor": officer}

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Event.objects.select_for_update(no_key=True).get()
            saving = pool.submit(in_own_connection, services.save_people, **sheet)
            until_somebody_waits()
            # A promotion does the same: it updates people while it holds the event.
            Participant.objects.filter(pk=first.pk).update(order=7)
        saving.result(PATIENCE)

    assert [(one.function, one.role) for one in delegation.participants.order_by("pk")] == [
        ("Chair", "head"),
        ("Member", "adviser"),
    ]
