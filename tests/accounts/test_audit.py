"""The audit trail is append-only: PostgreSQL refuses other changes."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit, trace
from accounts.models import AuditEntry
from tests.factories import EventFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return audit.record(StaffFactory(), "event.published", EventFactory())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET verb = 'nothing'",
        "UPDATE accounts_auditentry SET actor_id = NULL",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_change_of_the_trail_is_refused_by_the_database(entry, statement):
    with pytest.raises(DatabaseError, match="the audit trail is append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert AuditEntry.objects.get(pk=entry.pk).verb == "event.published"


def test_line_says_who_did_what_to_which_object_and_in_which_request():
    officer, event = StaffFactory(), EventFactory()
    token = trace.request_id.set("7XK863NZ45")

    line = audit.record(officer, "event.published", event, changes={"status": ["draft", "published"]})

    trace.request_id.reset(token)
    line.refresh_from_db()
    assert (
        line.actor_id,
        line.verb,
        line.object_type,
        line.object_id,
        line.event_id,
        line.changes,
        line.request_id,
    ) == (
        officer.pk,
        "event.published",
        "events.event",
        event.pk,
        event.pk,
        {"status": ["draft", "published"]},
        "7XK863NZ45",
    )


def test_line_outlives_the_account_of_its_actor(entry):
    actor = entry.actor_id
    AuditEntry.objects.get(pk=entry.pk)
    StaffFactory._meta.model.objects.get(pk=actor).delete()

    assert AuditEntry.objects.get(pk=entry.pk).actor_id == actor
