"""Reminders: audience, deadline, language, and sending them once."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Event, Window
from jobs.models import OutgoingMail
from registration import reminders, services
from registration.models import Delegation, Invitation, Reminder, SentReminder
from tests.factories import (
    AskedFieldFactory,
    ContactFactory,
    DelegationFactory,
    EventFactory,
    ExtensionFactory,
    InvitationFactory,
    ParticipantFactory,
    ReminderFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.race import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Audience = Reminder.Audience


@pytest.fixture
def event() -> Event:
    """An event whose registration closes in twenty days."""
    event = EventFactory()
    WindowFactory(event=event)
    return event


def invited(event: Event, state: str = "issued", **fields: object) -> Invitation:
    """An invitation that was sent to the only contact of its parliament."""
    values = {"mailed_at": timezone.now(), "token_hash": f"{Invitation.objects.count():064}"}
    invitation = InvitationFactory(event=event, state=state, **values | fields)
    ContactFactory(parliament=invitation.organisation.parliament)
    return invitation


def delegation_of(invitation: Invitation, **fields: object) -> Delegation:
    """A draft with one coordinator."""
    values = {"coordinators": [UserFactory()], "invitation": invitation}
    return DelegationFactory(event=invitation.event, organisation=invitation.organisation, **values | fields)


def due(event: Event, days: int = 0) -> list[tuple[str, str]]:
    """The organisation's code and the audience of each reminder due this many days from now."""
    fetched = Event.objects.get(pk=event.pk)
    found = reminders.due_reminders(fetched, timezone.now() + timedelta(days=days))
    return [(one.body.organisation.code, one.reminder.audience) for one in found]


def sent() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "language"))


@pytest.mark.parametrize(
    ("audience", "state", "has_draft", "is_due"),
    [
        ("not_answered", "issued", False, True),
        ("not_answered", "opened", False, True),
        ("not_answered", "accepted", False, False),
        ("not_answered", "declined", False, False),
        ("not_answered", "opened", True, False),
        ("not_started", "issued", False, True),
        ("not_started", "accepted", False, True),
        ("not_started", "declined", False, False),
        ("not_started", "accepted", True, False),
        ("not_submitted", "accepted", True, True),
        ("not_submitted", "accepted", False, False),
        ("not_submitted", "declined", True, False),
    ],
)
def test_reminder_reaches_its_audience_alone(event, audience, state, has_draft, is_due):
    ReminderFactory(event=event, audience=audience)
    invitation = invited(event, state)
    if has_draft:
        delegation_of(invitation)

    assert due(event) == ([(invitation.organisation.code, audience)] if is_due else [])


@pytest.mark.parametrize(
    ("status", "is_due"),
    [
        ("draft", True),
        ("returned", True),
        ("submitted", False),
        ("confirmed", False),
        ("rejected", False),
        ("withdrawn", False),
    ],
)
def test_reminder_to_submit_is_for_who_holds_the_pen(event, status, is_due):
    ReminderFactory(event=event, audience="not_submitted")
    delegation_of(invited(event), status=status)

    assert bool(due(event)) == is_due


def test_reminder_is_due_from_its_day_until_the_deadline(event):
    ReminderFactory(event=event, days_before=7)
    invited(event)

    assert [day for day in range(30) if due(event, day)] == list(range(13, 20))


def test_extension_moves_the_reminder_of_that_parliament_alone(event):
    ReminderFactory(event=event, days_before=7)
    first, second = invited(event), invited(event)
    later = timezone.now() + timedelta(days=30)
    ExtensionFactory(event=event, organisation=second.organisation, closes_at=later)

    assert due(event, 15) == [(first.organisation.code, "not_started")]
    assert due(event, 25) == [(second.organisation.code, "not_started")]


def test_acceptance_has_its_own_deadline(event):
    closes = timezone.now() + timedelta(days=5)
    WindowFactory(event=event, stage=Window.Stage.ACCEPT, closes_at=closes)
    ReminderFactory(event=event, audience="not_answered", days_before=3)
    invited(event)

    assert [day for day in range(20) if due(event, day)] == [2, 3, 4]


@pytest.mark.parametrize("status", ["draft", "postponed", "cancelled"])
def test_event_that_is_off_reminds_nobody(event, status):
    ReminderFactory(event=event)
    invited(event)
    Event.objects.filter(pk=event.pk).update(status=status)

    assert (due(event), services.remind()) == ([], 0)


def test_reminder_that_is_switched_off_reminds_nobody(event):
    ReminderFactory(event=event, is_on=False)
    invited(event)

    assert due(event) == []


def test_revoked_invitation_reminds_nobody(event):
    ReminderFactory(event=event)
    invited(event, token_hash=None)

    assert due(event) == []


def test_coordinator_is_reminded_although_the_link_was_revoked_since(event):
    ReminderFactory(event=event, audience="not_submitted")
    delegation = delegation_of(invited(event, token_hash=None))

    assert due(event) == [(delegation.organisation.code, "not_submitted")]


def test_invitation_that_was_never_sent_is_counted_and_not_reminded_of(event):
    ReminderFactory(event=event)
    invited(event, mailed_at=None)

    assert (due(event), reminders.count_without_reminder(event)) == ([], 1)


def test_parliament_without_an_address_is_not_reminded(event):
    ReminderFactory(event=event)
    invited(event).organisation.parliament.contacts.all().delete()

    assert due(event) == []


def test_travel_details_are_asked_of_who_comes_and_says_nothing(event):
    AskedFieldFactory(event=event, name="arrival_on", round="travel")
    ReminderFactory(event=event, audience="travel")
    silent, told, online, absent, empty = (delegation_of(invited(event)) for _number in range(5))
    Delegation.objects.update(status="confirmed")
    ParticipantFactory(delegation=silent, status="confirmed")
    ParticipantFactory(delegation=told, status="confirmed", arrival_on=date(2030, 1, 1))
    ParticipantFactory(delegation=online, status="confirmed", attendance="online")
    ParticipantFactory(delegation=absent, status="cancelled")

    assert due(event) == [(silent.organisation.code, "travel")]
    assert empty.participants.count() == 0


def test_required_travel_detail_is_asked_for_although_others_are_there(event):
    AskedFieldFactory(event=event, name="arrival_on", round="travel")
    AskedFieldFactory(event=event, name="hotel", round="travel", demand="required")
    ReminderFactory(event=event, audience="travel")
    delegation = delegation_of(invited(event), status="confirmed")
    ParticipantFactory(delegation=delegation, status="confirmed", arrival_on=date(2030, 1, 1))

    assert due(event) == [(delegation.organisation.code, "travel")]


def test_travel_reminder_uses_the_deadline_for_travel(event):
    closes = timezone.now() + timedelta(days=40)
    WindowFactory(event=event, stage=Window.Stage.TRAVEL, closes_at=closes)
    AskedFieldFactory(event=event, name="arrival_on", round="travel")
    ReminderFactory(event=event, audience="travel", days_before=7)
    ParticipantFactory(delegation=delegation_of(invited(event), status="confirmed"), status="confirmed")

    assert [day for day in (0, 32, 33, 39, 40) if due(event, day)] == [33, 39]


def test_reminder_goes_to_each_contact_while_nobody_coordinates(event):
    ReminderFactory(event=event)
    invitation = invited(event, language="both")
    ContactFactory(parliament=invitation.organisation.parliament)

    services.remind()

    contacts = invitation.organisation.parliament.contacts.order_by("pk")
    assert sent() == [(contact.email, "both") for contact in contacts]
    assert set(OutgoingMail.objects.values_list("secret_kind", "secret_for")) == {
        ("invitation", invitation.pk)
    }


def test_reminder_goes_to_the_coordinators_each_in_their_language(event):
    ReminderFactory(event=event, audience="not_submitted")
    people = [UserFactory(language="es"), UserFactory(language="en"), UserFactory(is_active=False)]
    delegation_of(invited(event), coordinators=people)

    services.remind()

    assert sorted(sent()) == sorted([(people[0].email, "es"), (people[1].email, "en")])
    assert set(OutgoingMail.objects.values_list("secret_kind", flat=True)) == {""}


def test_each_reminder_reaches_a_parliament_once(event):
    ReminderFactory(event=event)
    invited(event)

    assert [services.remind(), services.remind(at=timezone.now() + timedelta(days=1))] == [1, 0]
    assert OutgoingMail.objects.count() == 1


def test_of_several_reminders_that_are_due_one_mail_goes_out(event):
    for days in (30, 25, 21):
        ReminderFactory(event=event, days_before=days)
        ReminderFactory(event=event, audience="not_answered", days_before=days)
    invited(event)

    assert [services.remind(), services.remind()] == [1, 0]
    assert OutgoingMail.objects.get().subject == "Specimen Workshop: please answer the invitation"
    assert SentReminder.objects.count() == 6


def test_later_reminder_still_goes_out_on_its_day(event):
    ReminderFactory(event=event, days_before=30)
    ReminderFactory(event=event, days_before=7)
    invited(event)

    days = [day for day in range(20) if services.remind(at=timezone.now() + timedelta(days=day))]

    assert days == [0, 13]


def test_answer_that_comes_in_between_keeps_the_reminder_back(event):
    ReminderFactory(event=event)
    invitation = invited(event)
    found = reminders.due_reminders(event, timezone.now())
    Invitation.objects.filter(pk=invitation.pk).update(state="declined")

    assert services.send_reminder(due=found[0], at=timezone.now()) is False
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once():
    event = EventFactory()
    WindowFactory(event=event)
    for days in (30, 25):
        ReminderFactory(event=event, days_before=days)
    for _number in range(5):
        invited(event)

    counts = at_once(2, services.remind)

    assert sum(counts) == 5
    assert OutgoingMail.objects.count() == 5
    assert SentReminder.objects.count() == 10


def test_reminder_is_in_the_trail_of_its_invitation(event):
    ReminderFactory(event=event)
    invitation = invited(event)

    services.remind()

    line = AuditEntry.objects.get(verb="invitation.reminded")
    assert (line.object_id, line.actor_id) == (invitation.pk, None)
    assert line.changes == {"addresses": 1, "audience": "not_started"}


def test_who_is_due_costs_the_same_for_one_and_for_many(event, django_assert_max_num_queries):
    AskedFieldFactory(event=event, name="arrival_on", round="travel")
    for audience in Audience:
        ReminderFactory(event=event, audience=audience)
    counts = []
    for _round in range(2):
        for _number in range(3):
            invited(event)
            travelling = delegation_of(invited(event), status="confirmed")
            ParticipantFactory(delegation=travelling, status="confirmed")
        with django_assert_max_num_queries(40) as captured:
            due(event)
        counts.append(len(captured.captured_queries))

    assert counts[0] == counts[1]


def test_command_says_how_many(event):
    ReminderFactory(event=event)
    invited(event)
    answers = []
    for _time in range(2):
        out = StringIO()
        call_command("remind", stdout=out)
        answers.append(out.getvalue())

    assert answers == ["Reminders sent: 1\n", "Reminders sent: 0\n"]


def test_usual_reminders_are_added_beside_those_that_are_there(event):
    ReminderFactory(event=event, audience="not_submitted", days_before=7, is_on=False)
    officer = StaffFactory()

    added = [services.add_default_reminders(event=event, actor=officer) for _time in range(2)]

    assert added == [len(reminders.DEFAULTS) - 1, 0]
    assert event.reminders.get(audience="not_submitted", days_before=7).is_on is False


def text_of(event: Event, audience: str, **window: object) -> list[str]:
    """The first lines of the only reminder."""
    ReminderFactory(event=event, audience=audience, days_before=60)
    services.remind()
    return OutgoingMail.objects.get().text.splitlines()


@pytest.fixture
def geneva() -> Event:
    """An event whose registration closes in twenty days at the end of a day in Geneva."""
    event = EventFactory(zone="Europe/Zurich")
    window = Window(event=event)
    window.set_days(date(2020, 4, 1), (timezone.now() + timedelta(days=20)).date())
    window.save()
    return event


def test_mail_says_what_is_missing_until_when_and_how(geneva):
    invitation = invited(geneva)
    organisation = invitation.organisation
    organisation.code = "CL"
    organisation.save()

    lines = text_of(geneva, "not_answered")

    assert (
        lines[0]
        == f"The {organisation.name_en} has not answered the invitation to the Specimen Workshop yet."
    )
    assert lines[1].startswith("Registration closes on ")
    assert "23:59 (Geneva time); " in lines[1]
    assert lines[1].endswith(" in Santiago.")
    assert lines[3:5] == ["Open the invitation:", "[personal link]"]


def test_mail_to_a_coordinator_leads_to_the_registration(event):
    delegation = delegation_of(invited(event))

    lines = text_of(event, "not_submitted")

    address = f"http://localhost:8000/en/desk/delegations/{delegation.pk}/"
    assert lines[3:5] == ["Go to the registration:", address]


def test_mail_about_travel_leads_to_the_travel_page(event):
    AskedFieldFactory(event=event, name="arrival_on", round="travel")
    delegation = delegation_of(invited(event), status="confirmed", coordinators=[UserFactory(language="es")])
    ParticipantFactory(delegation=delegation, status="confirmed")

    lines = text_of(event, "travel")

    assert f"http://localhost:8000/es/desk/delegations/{delegation.pk}/travel/" in lines
