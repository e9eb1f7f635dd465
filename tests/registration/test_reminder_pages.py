"""Reminders in the admin: edited with the terms of the event, and a page with those that are due."""

import pytest
from django.test import Client

from accounts.models import AuditEntry
from events.models import Event
from registration import reminders, services
from registration.models import Reminder
from tests.factories import (
    ContactFactory,
    EventFactory,
    InvitationFactory,
    ReminderFactory,
    StaffFactory,
    WindowFactory,
)
from tests.forms import form_values, new_row
from tests.registration.office import page_of, said, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


@pytest.fixture
def event() -> Event:
    event = EventFactory()
    WindowFactory(event=event)
    return event


def invite(event: Event, number: int = 0) -> str:
    """Invite a parliament with one contact; returns its name."""
    invitation = InvitationFactory(event=event, token_hash=f"{number:064}", opened_at="2026-01-01T00:00:00Z")
    ContactFactory(parliament=invitation.organisation.parliament, email=f"c{number}@parliament.example")
    return invitation.organisation.name_en


def page(client: Client, event: Event) -> str:
    return text_of(client.get(page_of("terms", "reminders", event.pk)))


def test_page_names_who_would_get_one_today_and_sends_nothing(client, event):
    ReminderFactory(event=event)
    name = invite(event)

    shown = page(client, event)

    assert "1 delegation would get a reminder today" in shown
    assert name in shown
    assert "c0@parliament.example (contact)" in shown
    assert reminders.due_reminders(event, event.windows.get().opens_at) == []
    assert AuditEntry.objects.filter(verb="invitation.reminded").count() == 0


def test_page_says_how_often_each_has_gone_out(client, event):
    ReminderFactory(event=event)
    invite(event)
    services.remind()

    shown = page(client, event)

    assert "Sent to 1 so far." in shown
    assert "Nobody today." in shown


def test_page_says_who_hears_nothing_because_nothing_was_sent(client, event):
    ReminderFactory(event=event)
    InvitationFactory(event=event, token_hash="1" * 64)

    assert "1 invitation has neither been sent by e-mail nor opened" in page(client, event)


def test_page_of_an_event_that_is_off_says_that_nobody_is_reminded(client, event):
    Event.objects.update(status="postponed")

    assert "nobody is reminded" in page(client, event)


def test_page_costs_the_same_for_one_and_for_many(client, event, django_assert_max_num_queries):
    ReminderFactory(event=event)
    counts = []
    for start in (0, 3):
        for number in range(start, start + 3):
            invite(event, number)
        with django_assert_max_num_queries(40) as captured:
            page(client, event)
        counts.append(len(captured.captured_queries))

    assert counts[0] == counts[1]


def test_button_adds_the_usual_reminders_once(client, event):
    address = page_of("terms", "usual_reminders", event.pk)

    answers = [said(client.post(address, follow=True)) for _time in range(2)]

    assert answers == [["6 reminders added."], ["0 reminders added."]]
    assert event.reminders.count() == len(reminders.DEFAULTS)
    assert AuditEntry.objects.filter(verb="reminders.added").count() == 1


@pytest.mark.django_db(transaction=True)
def test_button_works_outside_the_transaction_of_a_test():
    event, browser = EventFactory(), Client()
    browser.force_login(StaffFactory())

    browser.post(page_of("terms", "usual_reminders", event.pk))

    assert event.reminders.count() == len(reminders.DEFAULTS)


def test_reminders_are_edited_with_the_terms(client, event):
    address = page_of("terms", "change", event.pk)
    shown = client.get(address)
    row = new_row(shown, "reminders", audience="travel", days_before="5", is_on="on")

    client.post(address, form_values(shown) | row)

    assert list(event.reminders.values_list("audience", "days_before", "is_on")) == [("travel", 5, True)]
    assert AuditEntry.objects.filter(verb="terms.changed").count() == 1


def test_same_reminder_twice_is_refused_in_words(client, event):
    ReminderFactory(event=event, audience="travel", days_before=5)
    address = page_of("terms", "change", event.pk)
    shown = client.get(address)
    row = new_row(shown, "reminders", audience="travel", days_before="5", is_on="on")

    client.post(address, form_values(shown) | row)

    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("days", ["0", "-1", "400", ""])
def test_reminder_of_impossible_days_is_refused(client, event, days):
    address = page_of("terms", "change", event.pk)
    shown = client.get(address)
    row = new_row(shown, "reminders", audience="travel", days_before=days, is_on="on")

    client.post(address, form_values(shown) | row)

    assert Reminder.objects.count() == 0
