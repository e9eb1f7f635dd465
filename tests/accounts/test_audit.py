"""The audit trail: what it keeps, and that nobody changes it."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from accounts import audit, trace
from accounts.models import AuditEntry
from tests.factories import EventFactory, SessionFactory, StaffFactory, UserFactory, WindowFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_line_names_actor_verb_object_event_time_and_request():
    actor, session = StaffFactory(), SessionFactory()
    token = trace.request_id.set("0123456789")
    try:
        audit.record(actor, "session.moved", session, changes={"day": [None, "2026-11-20"]}, at=AT)
    finally:
        trace.request_id.reset(token)

    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.verb, entry.at) == (actor.pk, "session.moved", AT)
    assert (entry.object_type, entry.object_id, entry.event_id) == (
        "events.session",
        session.pk,
        session.event_id,
    )
    assert (entry.changes, entry.request_id) == ({"day": [None, "2026-11-20"]}, "0123456789")


def test_line_without_an_actor_is_of_the_system_itself():
    audit.record(None, "user.removed", UserFactory())

    assert AuditEntry.objects.get().actor_id is None


def test_line_without_a_time_gets_that_of_the_database():
    before = datetime.now(UTC)

    audit.record(None, "event.changed", EventFactory())

    assert before <= AuditEntry.objects.get().at <= datetime.now(UTC)


def test_lines_about_an_object_are_its_own_with_the_newest_first():
    event, other = EventFactory.create_batch(2)
    for verb, obj in [("first", event), ("other", other), ("second", event)]:
        audit.record(None, verb, obj)
    audit.record(None, "somebody", UserFactory(pk=event.pk))

    assert [entry.verb for entry in AuditEntry.objects.about(event)] == ["second", "first"]


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(verb="nothing"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: (setattr(entry, "verb", "nothing"), entry.save()),
    ],
)
def test_line_is_neither_changed_nor_removed(change):
    entry = audit.record(None, "event.published", EventFactory())

    with pytest.raises(DatabaseError), transaction.atomic():
        change(entry)

    assert AuditEntry.objects.get().verb == "event.published"


def test_line_outlives_its_actor():
    actor = StaffFactory()
    audit.record(actor, "event.published", EventFactory())
    pk = actor.pk

    actor.delete()

    entry = AuditEntry.objects.with_actor().get()
    assert (entry.actor_id, entry.actor) == (pk, None)


@pytest.mark.parametrize(
    ("name", "shown"), [("Specimen One", "Specimen One"), ("", "one@secretariat.example")]
)
def test_actor_is_shown_by_name_or_else_by_address(name, shown):
    audit.record(StaffFactory(name=name, email="one@secretariat.example"), "event.published", EventFactory())

    assert AuditEntry.objects.with_actor().get().actor == shown


def test_values_are_those_that_people_edit_in_each_language():
    event = EventFactory(title_en="One", title_es=None, first_day=date(2026, 11, 20), theme_en="")

    found = audit.values(event)

    assert (found["title_en"], found["title_es"], found["theme_en"]) == ("One", None, None)
    assert (found["first_day"], found["mode"]) == ("2026-11-20", "in_person")
    assert {"title", "id", "status", "search_text", "calendar_sequence"} & set(found) == set()


def test_values_of_what_belongs_to_an_object_carry_its_name():
    window = WindowFactory(opens_at=AT)

    found = audit.values(window.event, window)

    assert found[f"window {window.pk}: opens_at"] == "2026-11-20T12:00:00+00:00"
    assert found["reference"] == window.event.reference


def test_edit_keeps_before_and_after_of_what_differs():
    event, actor = EventFactory(), StaffFactory()

    audit.record_edit(
        actor,
        "event.changed",
        event,
        before={"same": 1, "changed": "old", "removed": "x"},
        after={"same": 1, "changed": "new", "added": 0},
    )

    entry = AuditEntry.objects.get()
    assert entry.changes == {"changed": ["old", "new"], "removed": ["x", None], "added": [None, 0]}


def test_edit_of_nothing_writes_no_line():
    event = EventFactory()

    assert audit.record_edit(StaffFactory(), "event.changed", event, before={"a": 1}, after={"a": 1}) is None
    assert AuditEntry.objects.count() == 0


def test_edit_keeps_of_personal_fields_the_name_alone():
    before = {"passport": "A1", "person 7: birth_date": "1980-01-01", "state": "draft"}
    after = {"passport": "B2", "person 7: birth_date": "1981-01-01", "state": "sent"}

    audit.record_edit(
        StaffFactory(),
        "x.changed",
        EventFactory(),
        before=before,
        after=after,
        personal={"passport", "birth_date"},
    )

    assert AuditEntry.objects.get().changes == {
        "passport": [],
        "person 7: birth_date": [],
        "state": ["draft", "sent"],
    }
