"""Documents about people are deleted when due or on request: the text goes, verification still works."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.privacy import stores
from documents import deleting, store
from documents.models import Batch, Document, Kind, MergedFile
from documents.services.janitor import missing_file_messages
from jobs.models import State
from registration.services import subject_of_person
from tests.documents.people_samples import confirmed_head, document_about, invited_delegation, montevideo
from tests.documents.test_verify import compare, look_up
from tests.factories import BatchFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
CONTENT = b"%PDF issued"


@pytest.fixture
def person():
    return confirmed_head(invited_delegation(montevideo()))


def issued(person, kind, **fields):
    """Return a document with a file and the person's name."""
    sha256 = store.save(lambda file: file.write(CONTENT + kind.encode()))
    of = None if kind in {Kind.CONFIRMATION, Kind.BADGES, Kind.PARTICIPANTS} else person
    said = {"snapshot": {"name": person.full_name, "holder": "A. M., Uruguay"}, "file_sha256": sha256}
    return document_about(person.delegation, kind, of, **said | fields)


def at(person, days):
    """Return noon (UTC) of the day that is `days` after the event's last day."""
    last = person.delegation.event.last_day
    return datetime(last.year, last.month, last.day, 12, tzinfo=UTC) + timedelta(days=days)


def texts():
    """Return the kinds of documents that still have their text."""
    return sorted(Document.objects.exclude(snapshot={}).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (7, ["badges", "certificate", "confirmation", "participants", "person-confirmation", "visa-letter"]),
        (8, ["badges", "certificate", "confirmation", "participants", "person-confirmation"]),
        (91, ["certificate", "confirmation", "participants", "person-confirmation"]),
        (366, ["participants"]),
    ],
)
def test_each_kind_is_deleted_in_its_time(person, days, kept):
    for kind in (*deleting.KEEP, Kind.PARTICIPANTS):
        issued(person, Kind(kind))

    deleting.delete_due(at(person, days))

    assert texts() == kept


def test_deletion_takes_file_and_print_and_leaves_what_is_verified(
    person, django_capture_on_commit_callbacks
):
    letter = issued(person, Kind.VISA_LETTER)
    batch = BatchFactory(event=letter.event, kind=Kind.VISA_LETTER, state=State.DONE)
    batch.documents.add(letter)
    merged = store.save(lambda file: file.write(b"all of them"))
    MergedFile.objects.create(batch=batch, state=State.DONE, file_sha256=merged)

    with django_capture_on_commit_callbacks(execute=True):
        deleted = deleting.delete_due(at(person, 8))

    after = Document.objects.get()
    assert (deleted, [*store.file_names()], MergedFile.objects.count()) == (1, [], 0)
    assert (after.reference, after.code, after.file_sha256, after.validity) == (
        letter.reference,
        letter.code,
        letter.file_sha256,
        "valid",
    )
    assert after.content_hash != letter.content_hash
    assert (missing_file_messages(), Batch.objects.count()) == ([], 1)


def test_deletion_a_second_time_finds_nothing(person):
    issued(person, Kind.VISA_LETTER)

    assert [deleting.delete_due(at(person, 8)) for _ in range(2)] == [1, 0]


def test_deleted_letter_is_verified_still(client, person):
    letter = issued(person, Kind.VISA_LETTER)
    deleting.delete_due(at(person, 8))

    page = look_up(client, letter.code).content.decode()

    assert ("Genuine and valid" in page, "have been deleted since" in page, "A. M." in page) == (
        True,
        True,
        False,
    )
    assert "This is the very file" in compare(client, letter.code, CONTENT + b"visa-letter").content.decode()


def test_deleted_letter_cannot_be_downloaded(person):
    letter, client = issued(person, Kind.VISA_LETTER), Client()
    client.force_login(person.delegation.coordinators.get())
    assert b"".join(client.get(letter.get_absolute_url())) == CONTENT + b"visa-letter"

    deleting.delete_due(at(person, 8))

    assert client.get(letter.get_absolute_url()).status_code == 404
    page = client.get(reverse("documents:of-delegation", args=[person.delegation_id])).content.decode()
    assert letter.reference not in page


@pytest.mark.parametrize(("kind", "lines"), [(Kind.VISA_LETTER, 1), (Kind.PERSON_CONFIRMATION, 0)])
def test_opening_of_what_prints_a_passport_is_noted(person, kind, lines):
    letter, client = issued(person, kind), Client()
    client.force_login(person.delegation.coordinators.get())

    b"".join(client.get(letter.get_absolute_url()))

    assert AuditEntry.objects.filter(verb="document.opened", object_id=letter.pk).count() == lines


def test_letter_on_the_way_is_not_made_once_it_is_deleted(person):
    letter = issued(person, Kind.VISA_LETTER, state=State.QUEUED)

    deleting.delete_due(at(person, 8))

    letter.refresh_from_db()
    assert (letter.state, letter.snapshot) == (State.CANCELLED, {})


def test_erasure_takes_what_names_the_person_and_leaves_the_papers_of_others(person):
    other = confirmed_head(person.delegation, role="adviser", given_names="Luis", family_names="Ejemplo")
    for kind in (Kind.VISA_LETTER, Kind.CONFIRMATION, Kind.PARTICIPANTS):
        issued(person, kind)
    kept = issued(other, Kind.PERSON_CONFIRMATION)

    erased = stores["documents"].erase(subject_of_person(person))

    assert (erased, texts()) == (3, [kept.kind])


def test_data_of_a_person_name_their_papers_and_how_long_they_are_kept(person):
    letter = issued(person, Kind.VISA_LETTER)

    [found] = stores["documents"].find(subject_of_person(person))

    assert found.values == {"reference": letter.reference, "date": letter.date, "file": letter.file_sha256}
    assert found.until == {"file": person.delegation.event.last_day + timedelta(days=7)}
