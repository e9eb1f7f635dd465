"""Files of events: files without a row are removed, rows without a file are reported."""

import os
import time
from pathlib import Path

import pytest

from attachments import janitor
from attachments.models import Attachment
from jobs import services as jobs
from tests.attachments.samples import pdf
from tests.attachments.test_services import add, file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A folder for the files of this test only."""
    location = {"OPTIONS": {"location": tmp_path}}
    settings.FILES_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | location}
    return tmp_path


def age(path: Path, seconds: int) -> Path:
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def test_file_that_no_row_names_is_removed_after_an_hour(folder):
    [kept] = add().kept
    named = age(Path(kept.file.path), 2 * janitor.STRAY_AGE)
    stray, young = named.with_name("f" * 32), named.with_name("e" * 32)
    for path, seconds in ((stray, 2 * janitor.STRAY_AGE), (young, 60)):
        path.write_bytes(pdf())
        age(path, seconds)

    assert janitor.clean_up in jobs.chores
    assert (janitor.clean_up(), janitor.clean_up()) == (1, 0)
    assert [path.exists() for path in (named, stray, young)] == [True, False, True]


def test_attachment_without_its_file_is_named():
    [one, _other] = add(None, file(), file("Una.pdf")).kept
    assert janitor.missing_file_messages() == []
    Path(one.file.path).unlink()

    words = f"1 attachment has lost its file; replace it: {one.event.reference} Agenda.pdf."
    assert janitor.missing_file_messages() == [words]
    assert words in jobs.get_health().reasons
    assert Attachment.objects.count() == 2
