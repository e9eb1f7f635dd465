"""Data that is due is deleted from every store, on time, once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import services
from accounts.models import AuditEntry, User
from accounts.privacy import stores
from jobs.models import OutgoingMail
from registration.fields import CATALOGUE
from registration.models import Participant
from registration.stores import due
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory, UserFactory
from tests.registration import canary

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("empty_disk")]

LAST_DAY = date(2026, 3, 20)


def purge(at: datetime | None = None) -> dict[str, int]:
    return dict(services.purge(at or timezone.now()))


def person_of(zone: str = "UTC", **fields: object) -> Participant:
    """A person confirmed for an event that ended on LAST_DAY."""
    event = EventFactory(first_day=LAST_DAY, last_day=LAST_DAY, zone=zone)
    values = {"status": "confirmed", "submitted_at": timezone.now()} | fields
    return ParticipantFactory(delegation__event=event, **values)


def test_purge_leaves_no_trace_of_what_is_due(django_capture_on_commit_callbacks):
    canary.plant()
    before = canary.traces()

    with django_capture_on_commit_callbacks(execute=True):
        purge()

    assert {"dump", "file", "accounts.user.email", "jobs.outgoingmail.text"} <= set(before)
    assert canary.traces() == []


def test_purge_keeps_the_record_of_who_took_part(django_capture_on_commit_callbacks):
    delegation = canary.plant()
    kept = {"given_names": "Specimen", "family_names": "One", "function": "Member", "gender": "woman"}
    delegation.participants.filter(status="confirmed").update(**kept)

    with django_capture_on_commit_callbacks(execute=True):
        purge()

    assert delegation.participants.filter(status="confirmed").values(*kept).get() == kept
    assert delegation.participants.count() == 4  # only the draft was deleted


def test_purge_a_second_time_deletes_nothing_more(django_capture_on_commit_callbacks):
    canary.plant()
    with django_capture_on_commit_callbacks(execute=True):
        purge()
    lines = AuditEntry.objects.count()

    again = purge()

    assert (again, AuditEntry.objects.count()) == (dict.fromkeys(stores, 0), lines)


def test_purge_writes_one_line_for_each_store_that_had_something():
    canary.plant()

    counts = purge()

    lines = AuditEntry.objects.filter(verb="data.purged").values_list("changes", flat=True)
    expected = [{"store": key, "number": number} for key, number in counts.items() if number]
    assert sorted(lines, key=str) == sorted(expected, key=str)


def test_purge_says_what_it_did():
    mails = OutgoingMail.objects
    canary.mailed(EventFactory())
    out = StringIO()

    call_command("purge", stdout=out)

    assert "Outgoing mail: 1\n" in out.getvalue()
    assert len(out.getvalue().splitlines()) == len(stores)
    assert mails.get().text == ""


def test_store_that_fails_keeps_nothing_in_the_others(monkeypatch):
    def fails(_at):
        raise ValueError("a row that nobody foresaw")

    canary.mailed(EventFactory())
    first = next(iter(stores))
    monkeypatch.setitem(stores, first, replace(stores[first], purge=fails))

    with pytest.raises(CommandError, match=f"log explains: {first}"):
        call_command("purge", stdout=StringIO())

    assert OutgoingMail.objects.get().text == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("passport_number", "X1234567"),
        ("diet", "vegetarian"),
        ("phone", "+41 22 000 00 00"),
        ("badge_name", "One"),
    ],
)
def test_field_is_kept_through_its_last_day_and_deleted_the_day_after(name, value):
    person = person_of(**{name: value})
    last = datetime(2026, 3, 20, 12, tzinfo=UTC) + timedelta(days=CATALOGUE[name].keep)

    purge(last)
    kept = Participant.objects.values_list(name, flat=True).get()
    purge(last + timedelta(days=1))

    person.refresh_from_db()
    assert (kept, getattr(person, name), person.purged_at is None) == (value, "", False)


@pytest.mark.parametrize(("minutes", "kept"), [(-1, "vegan"), (1, "")])
def test_day_ends_in_the_zone_of_the_event(minutes, kept):
    person_of("America/Montevideo", diet="vegan")  # UTC−3
    midnight = datetime(2026, 3, 28, 3, tzinfo=UTC)

    purge(midnight + timedelta(minutes=minutes))

    assert Participant.objects.values_list("diet", flat=True).get() == kept


def test_event_that_is_not_over_loses_nothing(django_capture_on_commit_callbacks):
    delegation = DelegationFactory(remarks="Late arrival.")
    ParticipantFactory(delegation=delegation, passport_number="X1234567")
    canary.uploaded(delegation, "nomination")

    with django_capture_on_commit_callbacks(execute=True):
        counts = purge()

    assert counts == dict.fromkeys(stores, 0)
    assert canary.traces() == ["dump", "file", "registration.upload.name"]


def test_purge_works_through_more_than_a_batch(monkeypatch):
    monkeypatch.setattr(due, "BATCH", 2)
    delegation = DelegationFactory(event=canary.old_event())
    for _number in range(5):
        ParticipantFactory(
            delegation=delegation, status="confirmed", submitted_at=timezone.now(), diet="vegan"
        )

    assert purge()["participants"] == 5
    assert set(Participant.objects.values_list("diet", flat=True)) == {""}


def test_mail_that_failed_long_ago_can_no_longer_be_tried_again():
    mail = canary.mailed(EventFactory())
    OutgoingMail.objects.filter(pk=mail.pk).update(state="failed")

    purge()

    assert OutgoingMail.objects.values_list("state", "to", "subject").get() == ("cancelled", "", "")


def test_mail_that_waits_keeps_its_text():
    mail = canary.mailed(EventFactory())
    OutgoingMail.objects.filter(pk=mail.pk).update(state="queued")

    assert (purge()["mails"], OutgoingMail.objects.get().text) == (0, canary.CANARY)


def test_account_of_a_coordinator_whose_event_lies_ahead_stays():
    user = UserFactory(last_login=canary.LONG_AGO)
    DelegationFactory(coordinators=[user])

    purge()

    assert User.objects.filter(pk=user.pk).exists()
