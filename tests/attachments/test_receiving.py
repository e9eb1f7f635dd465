"""Uploads while the disk is full."""

import resource
from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.attachments.samples import pdf
from tests.attachments.test_admin import upload
from tests.factories import EventFactory, StaffFactory

LARGE = 3 * 1024 * 1024  # too large to be kept in memory


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Limit the size of every file that this process writes to one megabyte."""
    soft, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, most))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, most))


@pytest.mark.django_db
@pytest.mark.parametrize("checks_csrf", [True, False])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The server has no room at the moment for what you sent."),
        ("es", "El servidor no tiene sitio en este momento para lo que usted envió."),
    ],
)
def test_large_file_without_room_on_the_disk_is_refused_in_words(full_disk, language, words, checks_csrf):
    page = f"/{language}/account/login/"
    client = Client(raise_request_exception=False, enforce_csrf_checks=checks_csrf)
    client.get(page)
    file = SimpleUploadedFile("photo.jpg", b"0" * LARGE)

    answer = client.post(page, {"login": "a@parliament.example", "file": file})

    assert (answer.status_code, words in answer.content.decode()) == (507, True)


@pytest.mark.django_db
def test_large_file_arrives_whole_where_there_is_room(client):
    client.force_login(StaffFactory())
    event, content = EventFactory(), pdf() + b"%" * LARGE + b"\n%%EOF\n"

    upload(client, event, ("Agenda.pdf", content))

    assert [one.checksum for one in event.attachments.all()] == [sha256(content).hexdigest()]
