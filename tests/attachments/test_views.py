"""Access to a file, and the response that sends it."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from attachments.models import Attachment
from tests.attachments.samples import pdf
from tests.factories import (
    AttachmentFactory,
    DelegationFactory,
    EventFactory,
    EventMemberFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DOWNLOAD, SIGN_IN, NOT_FOUND = 200, 302, 404


def attachment_of(event, **fields):
    facts = {"size": len(pdf()), "checksum": hashlib.sha256(pdf()).hexdigest()}
    return AttachmentFactory(event=event, file=ContentFile(pdf(), name="x"), **facts | fields)


def fetch(client, attachment, method="get", **headers):
    """The response, with its body read as a browser does."""
    response = getattr(client, method)(attachment.get_absolute_url(), headers=headers)
    response.body = response.getvalue()  # this closes the file
    return response


def person(role, event):
    """A user with this role for the event; None for a visitor."""
    match role:
        case "visitor":
            return None
        case "somebody":
            return UserFactory()
        case "coordinator":
            return DelegationFactory(event=event, coordinators=[UserFactory()]).coordinators.get()
        case "coordinator of another event":
            return DelegationFactory(coordinators=[UserFactory()]).coordinators.get()
        case "organiser":
            return EventMemberFactory(event=event).user
        case "organiser of another event":
            return EventMemberFactory().user
        case "secretariat":
            return StaffFactory()


EVERYBODY = {
    "visitor": DOWNLOAD,
    "somebody": DOWNLOAD,
    "coordinator": DOWNLOAD,
    "coordinator of another event": DOWNLOAD,
    "organiser": DOWNLOAD,
    "organiser of another event": DOWNLOAD,
    "secretariat": DOWNLOAD,
}
NOBODY = {role: SIGN_IN if role == "visitor" else NOT_FOUND for role in EVERYBODY}
DELEGATES = NOBODY | {"coordinator": DOWNLOAD, "organiser": DOWNLOAD, "secretariat": DOWNLOAD}
TEAM = NOBODY | {"organiser": DOWNLOAD, "secretariat": DOWNLOAD}
SECRETARIAT = NOBODY | {"secretariat": DOWNLOAD}
RULES = [
    ("published", "public", EVERYBODY),
    ("postponed", "public", EVERYBODY),
    ("cancelled", "public", EVERYBODY),
    ("draft", "public", TEAM),
    ("published", "delegates", DELEGATES),
    ("draft", "delegates", TEAM),
    ("published", "secretariat", SECRETARIAT),
    ("draft", "secretariat", SECRETARIAT),
]


@pytest.mark.parametrize(
    ("status", "audience", "role", "answer"),
    [(status, audience, role, answer) for status, audience, rule in RULES for role, answer in rule.items()],
)
def test_download_by_role(client, status, audience, role, answer):
    event = EventFactory(status=status)
    attachment = attachment_of(event, audience=audience)
    if user := person(role, event):
        client.force_login(user)

    response = fetch(client, attachment)

    assert response.status_code == answer
    if answer == DOWNLOAD:
        assert response.body == pdf()


@pytest.mark.parametrize("language", ["en", "es"])
def test_stranger_cannot_tell_an_existing_file_from_an_invented_one(client, language):
    private = attachment_of(EventFactory(slug="one"), audience="delegates")
    urls = [
        f"/{language}/events/one/files/{private.pk}/",
        f"/{language}/events/one/files/{private.pk + 1}/",
        f"/{language}/events/none/files/{private.pk}/",
    ]

    answers = [client.get(url) for url in urls]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert [answer.url for answer in answers] == [f"/{language}/account/login/?next={url}" for url in urls]


def test_file_under_the_address_of_another_event_is_not_found(client):
    attachment = attachment_of(EventFactory())
    other = EventFactory()
    client.force_login(StaffFactory())

    assert client.get(reverse("attachments:download", args=[other.slug, attachment.pk])).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_download_by_an_unsafe_method_is_refused(client, method):
    attachment = attachment_of(EventFactory())

    assert getattr(client, method)(attachment.get_absolute_url()).status_code == 405
    assert Attachment.objects.count() == 1


def test_download_is_sent_as_a_file_that_cannot_run(client):
    attachment = attachment_of(EventFactory(), content_type="application/pdf", file_name="Agenda.pdf")

    response = fetch(client, attachment)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="Agenda.pdf"'
    assert response["Content-Length"] == str(len(pdf()))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["ETag"] == f'"{attachment.checksum}"'


def test_download_by_head_tells_the_same_without_the_file(client):
    attachment = attachment_of(EventFactory())

    response = fetch(client, attachment, "head")

    assert (response.status_code, response.body, response["Content-Length"]) == (200, b"", str(len(pdf())))


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Programa – día 1.pdf", "filename*=utf-8''Programa%20%E2%80%93%20d%C3%ADa%201.pdf"),
        ("برنامج.pdf", "filename*=utf-8''%D8%A8%D8%B1%D9%86%D8%A7%D9%85%D8%AC.pdf"),
        ("议程.pdf", "filename*=utf-8''%E8%AE%AE%E7%A8%8B.pdf"),
        ('a"b\\c.pdf', 'filename="a\\"b\\\\c.pdf"'),
    ],
)
def test_download_is_named_in_any_script(client, name, sent):
    attachment = attachment_of(EventFactory(), file_name=name)

    assert fetch(client, attachment)["Content-Disposition"] == f"attachment; {sent}"


def test_download_that_the_reader_has_already_is_not_sent_again(client):
    attachment = attachment_of(EventFactory())

    same = fetch(client, attachment, **{"If-None-Match": f'"{attachment.checksum}"'})
    other = fetch(client, attachment, **{"If-None-Match": '"another"'})

    assert (same.status_code, same.body, same["ETag"]) == (304, b"", f'"{attachment.checksum}"')
    assert (other.status_code, other.body) == (200, pdf())


def test_download_that_is_no_longer_mine_is_not_confirmed_by_its_tag(client):
    attachment = attachment_of(EventFactory(), audience="secretariat")
    client.force_login(UserFactory())

    response = fetch(client, attachment, **{"If-None-Match": f'"{attachment.checksum}"'})

    assert response.status_code == 404


@pytest.mark.parametrize(("audience", "status"), [("delegates", "published"), ("public", "draft")])
def test_private_download_is_stored_by_nobody(client, audience, status):
    attachment = attachment_of(EventFactory(status=status), audience=audience)
    client.force_login(StaffFactory())

    parts = fetch(client, attachment)["Cache-Control"].split(", ")

    assert {"private", "no-store"} <= set(parts)
    assert "public" not in parts


def test_public_download_of_a_visitor_is_asked_for_again_by_its_tag(client):
    attachment = attachment_of(EventFactory())

    assert fetch(client, attachment)["Cache-Control"] == "public, no-cache"


def test_download_through_nginx_names_the_stored_file(client, settings):
    settings.ACCEL_LOCATION = "/stored/"
    attachment = attachment_of(EventFactory(), file_name="Agenda.pdf")

    response = fetch(client, attachment)

    assert response["X-Accel-Redirect"] == f"/stored/{attachment.file.name}"
    assert (response.content, response["Content-Type"]) == (b"", "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="Agenda.pdf"'


def test_download_whose_file_is_gone_is_not_found_and_logged(client, caplog):
    attachment = attachment_of(EventFactory())
    attachment.file.storage.delete(attachment.file.name)

    assert fetch(client, attachment).status_code == 404
    assert f"stored file of attachment {attachment.pk} is gone" in caplog.text


@pytest.mark.parametrize("role", ["visitor", "somebody", "coordinator", "organiser", "secretariat"])
def test_download_takes_few_queries(client, role, django_assert_max_num_queries):
    event = EventFactory()
    attachment = attachment_of(event)
    if user := person(role, event):
        client.force_login(user)

    with django_assert_max_num_queries(3):  # session, person, file
        fetch(client, attachment)
