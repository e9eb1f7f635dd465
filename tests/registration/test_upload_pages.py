"""The pages of files: access, downloads, refusals."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from accounts.models import AuditEntry
from registration.models import Delegation, Upload
from tests.attachments.samples import archive, pdf
from tests.factories import ParticipantFactory, StaffFactory, UserFactory
from tests.registration.assembly import address, assembly_draft, said, text_of
from tests.registration.browser import browser_of
from tests.registration.pictures import encoded, halves, header_bomb, portrait, uploaded
from tests.registration.samples import coordinator, draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("empty_disk")]


@pytest.fixture
def delegation() -> Delegation:
    return assembly_draft()


@pytest.fixture
def client(delegation) -> Client:
    return browser_of(coordinator(delegation))


def send(
    client: Client, delegation: Delegation, kind: str = "photo", data: bytes | None = None, **fields: str
) -> Any:
    person = delegation.participants.first()
    route = ("upload_delegation", delegation.pk, kind)
    if kind != "nomination":
        route = ("upload_person", delegation.pk, person.pk, kind)
    name = fields.pop("name", "letter.pdf" if kind == "nomination" else "portrait.jpg")
    data = data if data is not None else pdf() if kind == "nomination" else portrait()
    return client.post(address(*route), {"file": uploaded(data, name)} | fields, follow=True)


def kept(client: Client, delegation: Delegation, kind: str) -> Upload:
    send(client, delegation, kind)
    return Upload.objects.get(kind=kind)


def test_file_is_for_the_delegation_and_the_secretariat(client, delegation):
    upload = kept(client, delegation, "photo")

    answers = [
        browser_of(user).get(upload.get_absolute_url())
        for user in (coordinator(delegation), StaffFactory(), UserFactory(), coordinator(draft()))
    ]

    assert [(answer.status_code, bool(answer.getvalue())) for answer in answers[:2]] == [(200, True)] * 2
    assert [answer.status_code for answer in answers[2:]] == [404, 404]


def test_file_is_not_found_under_another_delegation(client, delegation):
    upload, other = kept(client, delegation, "photo"), draft()
    other.coordinators.set([coordinator(delegation)])

    assert client.get(address("upload", other.pk, upload.pk)).status_code == 404


def test_visitor_is_asked_to_sign_in_for_files_that_exist_and_do_not(client, delegation):
    upload = kept(client, delegation, "photo")

    for pk in (upload.pk, 10**15):
        path = address("upload", delegation.pk, pk)
        assert Client().get(path).url == f"/en/account/login/?next={path}"


def test_portrait_is_kept_cut_and_shown(client, delegation):
    landed = send(client, delegation)

    upload = Upload.objects.get()
    shown = client.get(upload.get_absolute_url())
    content = b"".join(shown.streaming_content)
    assert said(landed) == ["The file has been saved."]
    assert Image.open(io.BytesIO(content)).size == (600, 800)
    assert f'src="{upload.get_absolute_url()}"' in text_of(landed)


def test_history_says_which_file_it_was_and_whose(client, delegation):
    send(client, delegation)

    line = client.get(delegation.get_absolute_url()).context["history"][0]

    person = str(delegation.participants.first())
    assert (line.what, line.whom, line.who) == ("File added: photograph", person, "you")


HEADERS = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
SENT = {
    "photo": ("image/jpeg", 'inline; filename="portrait.jpg"', "nosniff", "sandbox"),
    "passport": ("image/jpeg", 'attachment; filename="portrait.jpg"', "nosniff", "sandbox"),
    "nomination": ("application/pdf", 'attachment; filename="letter.pdf"', "nosniff", "sandbox"),
}


@pytest.mark.parametrize("kind", SENT)
def test_file_is_sent_sealed(client, delegation, kind):
    response = client.get(kept(client, delegation, kind).get_absolute_url())

    response.getvalue()  # this closes the file
    assert tuple(response[name] for name in HEADERS) == SENT[kind]
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_file_is_left_to_nginx_where_there_is_one(client, delegation, settings):
    upload = kept(client, delegation, "photo")
    settings.ACCEL_LOCATION = "/protected/"

    assert client.get(upload.get_absolute_url())["X-Accel-Redirect"] == f"/protected/{upload.file.name}"


def test_opening_a_passport_is_noted(client, delegation):
    upload, officer = kept(client, delegation, "passport"), StaffFactory()

    browser_of(officer).get(upload.get_absolute_url()).getvalue()

    entry = AuditEntry.objects.filter(verb="upload.opened").get()
    assert (entry.actor_id, entry.object_id) == (officer.pk, delegation.pk)


HOSTILE = {
    "archive": archive(a="b"),
    "bomb": header_bomb(),
    "truncated": encoded(halves(), quality=95)[:5000],
    "nothing": b"",
    "too large": b"\xff\xd8\xff" + b"\0" * (50 * 1024 * 1024),
    "page": b"<html><script>alert(1)</script>",
}


@pytest.mark.parametrize("kind", ["photo", "passport", "nomination"])
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_at_the_field(client, delegation, kind, case):
    page = send(client, delegation, kind, HOSTILE[case], name="portrait.jpg")

    (error,) = page.context["form"].errors["file"]
    assert error.startswith("“portrait.jpg” was not accepted: ")
    assert "<title>Error: " in text_of(page)
    assert Upload.objects.count() == 0


def test_form_without_a_file_asks_for_one(client, delegation):
    person = delegation.participants.first()

    page = client.post(address("upload_person", delegation.pk, person.pk, "photo"), {})

    assert page.context["form"].errors["file"] == ["Choose a file first."]


@pytest.mark.parametrize("kind", ["nomination", "virus", "../photo", "PHOTO"])
def test_file_of_a_kind_that_no_person_has_is_not_found(client, delegation, kind):
    path = f"{address('documents', delegation.pk)}{delegation.participants.first().pk}/{kind}/"

    assert client.get(path).status_code == 404


def test_person_of_another_delegation_is_not_found(client, delegation):
    stranger = ParticipantFactory()

    path = address("upload_person", delegation.pk, stranger.pk, "photo")

    assert [client.get(path).status_code, client.post(path, {"file": uploaded(portrait())}).status_code] == [
        404,
        404,
    ]


def test_saving_goes_on_to_the_next_person_without_a_photograph(client, delegation):
    second = delegation.participants.last()

    landed = send(client, delegation, action="next")

    assert landed.redirect_chain[-1][0] == address("upload_person", delegation.pk, second.pk, "photo")


@pytest.mark.parametrize("kind", ["photo", "nomination"])
def test_removed_file_is_brought_back_by_the_button_that_has_the_focus(client, delegation, kind):
    upload = kept(client, delegation, kind)

    removed = client.post(address("upload_remove", delegation.pk, upload.pk), follow=True)
    hidden = client.get(upload.get_absolute_url()).status_code
    undo = address("upload_restore", delegation.pk, upload.pk)
    restored = client.post(undo, follow=True)

    assert (said(removed), said(restored)) == (
        ["The file has been removed."],
        ["The file has been brought back."],
    )
    assert re.search(rf'formaction="{undo}"\s+autofocus', text_of(removed))
    assert (hidden, Upload.objects.get(), Upload.everything.count()) == (404, upload, 1)


def test_removed_file_with_another_in_its_place_is_gone(client, delegation):
    upload = kept(client, delegation, "photo")
    client.post(address("upload_remove", delegation.pk, upload.pk))
    send(client, delegation)

    late = client.post(address("upload_restore", delegation.pk, upload.pk))

    assert late.status_code == 404
    assert Upload.everything.count() == 1
