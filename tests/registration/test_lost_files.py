"""Files of delegations and their rows: neither exists without the other."""

import os
import time
from pathlib import Path

import pytest
from django.utils import timezone

from attachments.janitor import STRAY_AGE
from jobs import services as jobs
from registration.models import Upload
from registration.services import store_upload
from registration.stores.uploads import UPLOADS, missing_file_messages
from tests.factories import AskedFieldFactory
from tests.registration.pictures import portrait, uploaded
from tests.registration.samples import coordinator, draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("empty_disk")]


@pytest.fixture
def photo() -> Upload:
    delegation = draft()
    AskedFieldFactory(event=delegation.event, name="photo")
    return store_upload(
        delegation=delegation,
        participant=delegation.participants.first(),
        kind=Upload.Kind.PHOTO,
        file=uploaded(portrait(), "portrait.jpg"),
        actor=coordinator(delegation),
    )


def test_upload_without_its_file_is_told_of_by_its_delegation(photo):
    assert missing_file_messages() == []
    Path(photo.file.path).unlink()

    name = f"{photo.delegation.event.reference} {photo.delegation.name}"
    words = f"1 file of a delegation is missing from the store: {name}."
    assert missing_file_messages() == [words]
    assert words in jobs.get_health().reasons


def test_file_that_a_killed_upload_left_behind_is_removed_with_what_is_due(photo):
    named = Path(photo.file.path)
    stray = named.with_name("f" * 32)
    stray.write_bytes(b"passport")
    for path in (named, stray):
        os.utime(path, (time.time() - 2 * STRAY_AGE,) * 2)

    assert UPLOADS.purge(timezone.now()) == 1
    assert [path.exists() for path in (named, stray)] == [True, False]
