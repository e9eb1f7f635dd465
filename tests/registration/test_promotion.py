"""The effects of a promotion when the process is killed right after it."""

import os
import signal
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction
from django.test import Client

from jobs.services import repairs
from registration.models import Delegation, Participant
from registration.services.capacity import await_due_examinations
from tests.factories import StaffFactory
from tests.registration.office import page_of
from tests.registration.samples import confirm, person_of, statuses, submit
from tests.registration.test_capacity import cancel, delegation_of, event_with


def and_then_die(act: Callable[[], object]) -> None:
    """Call `act` in a process that is killed at the moment of its commit."""
    connection.close()
    if child := os.fork():
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        return
    try:
        with transaction.atomic():
            transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
            act()
    finally:
        os._exit(1)  # the child process must not run other tests


@pytest.mark.django_db(transaction=True)
def test_sweeper_finds_the_confirmed_delegation_whose_process_was_killed():
    event = event_with(2)
    first = submit(delegation_of(event))
    second = confirm(submit(delegation_of(event, people=2)))

    and_then_die(partial(cancel, person_of(first)))
    stored = Delegation.objects.get(pk=second.pk)
    assert (stored.status, statuses(stored)) == ("confirmed", ["confirmed", "submitted"])
    for _round in range(2):
        await_due_examinations()

    stored = Delegation.objects.get(pk=second.pk)
    assert (stored.status, stored.version) == ("submitted", second.version + 1)
    assert await_due_examinations in repairs


@pytest.mark.django_db(transaction=True)
def test_who_moved_up_unnoticed_is_not_confirmed_by_an_older_page():
    event = event_with(2)
    first, second = submit(delegation_of(event)), submit(delegation_of(event, people=2))
    officer = Client()
    officer.force_login(StaffFactory())
    shown = officer.get(page_of("delegation", "change", second.pk)).context["page"].to_confirm

    and_then_die(partial(cancel, person_of(first)))
    data = {"version": second.version, "people": [person.pk for person in shown]}
    officer.post(page_of("delegation", "confirm", second.pk), data)

    stored = Delegation.objects.get(pk=second.pk)
    assert (stored.status, statuses(stored)) == ("submitted", ["confirmed", "submitted"])
    html = officer.get(page_of("delegation", "change", second.pk)).content.decode()
    left = stored.participants.with_status(Participant.Status.SUBMITTED).get()
    assert html.count(f'type="hidden" name="people" value="{left.pk}"') == 1
