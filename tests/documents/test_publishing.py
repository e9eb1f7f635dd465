"""Publish a finished document on the event's page."""

from datetime import date

import pytest

from accounts.models import AuditEntry
from attachments.models import Attachment
from documents import services, store
from documents.models import Document
from tests.factories import AgendaItemFactory, EventMemberFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def programme(event, order, make, settings, tmp_path):
    """A function that makes the programme with the current data."""
    settings.MEDIA_ROOT = tmp_path / "media"
    SessionFactory(event=event)

    def programme(**choice):
        asked = {"kind": Document.Kind.PROGRAMME, "languages": "both", "date": date(2026, 9, 1)}
        return make(order(**asked | choice))

    return programme


def published(event):
    """Return the attachments on the page: both titles, the language, and the validity of the document."""
    return [
        (one.title_en, one.title_es, one.languages, one.document.validity)
        for one in event.attachments.order_by("order")
    ]


def test_document_is_published_in_both_languages_as_a_file_like_any_other(event, actor, programme, client):
    programme()

    services.publish(event=event, kind="programme", actor=actor)

    assert published(event) == [
        ("Provisional programme", "Programa provisional", "en", "valid"),
        ("Provisional programme", "Programa provisional", "es", "valid"),
    ]
    file = event.attachments.get(languages="es")
    assert (file.kind, file.origin, file.is_accessible, file.audience) == (
        "programme",
        "generated",
        True,
        "public",
    )
    assert file.checksum == file.document.file_sha256
    assert b"".join(client.get(file.get_absolute_url()).streaming_content)[:5] == b"%PDF-"


def test_document_that_stands_there_already_is_not_published_again(event, actor, programme):
    programme()
    services.publish(event=event, kind="programme", actor=actor)

    assert services.publish(event=event, kind="programme", actor=actor) == []
    assert Attachment.objects.count() == 2


def test_document_published_after_the_page_to_void_it_was_opened_is_taken_down(event, actor, programme):
    programme(languages="es")
    document = Document.objects.get()
    services.publish(event=event, kind="programme", actor=actor)

    services.void(document=document, reason="Specimen", actor=actor)

    assert published(event) == []


def test_document_whose_file_was_exchanged_by_hand_can_be_published_again(event, actor, programme):
    programme(languages="es")
    (attachment,) = services.publish(event=event, kind="programme", actor=actor)
    Attachment.objects.update(checksum="0" * 64)

    again = services.publish(event=event, kind="programme", actor=actor)

    assert again == [attachment]
    assert again[0].checksum == Document.objects.get().file_sha256


def test_newer_version_takes_the_place_of_the_one_on_the_page(event, actor, programme):
    programme()
    first = [one.pk for one in services.publish(event=event, kind="programme", actor=actor)]
    programme(options={"final": True})

    replaced = services.publish(event=event, kind="programme", actor=actor)

    assert [one.pk for one in replaced] == first
    assert published(event) == [
        ("Programme", "Programa", "en", "valid"),
        ("Programme", "Programa", "es", "valid"),
    ]
    assert {one.file_name for one in replaced} == {
        "workshop-programme-en.pdf",
        "workshop-programa-es.pdf",
    }
    assert AuditEntry.objects.filter(verb="attachment.replaced").count() == 2
    assert AuditEntry.objects.filter(verb="document.published").count() == 4


def test_document_in_one_language_has_a_title_in_both(event, actor, programme):
    programme(languages="es", options={"final": True})

    services.publish(event=event, kind="programme", actor=actor)

    assert published(event) == [("Programme", "Programa", "es", "valid")]


def test_void_document_leaves_the_page(event, actor, programme):
    programme(languages="en")
    services.publish(event=event, kind="programme", actor=actor)

    services.void(document=Document.objects.get(), reason="Wrong day.", actor=actor)

    assert published(event) == []
    assert AuditEntry.objects.filter(verb="document.taken_down").count() == 1


@pytest.mark.parametrize("kind", ["agenda", "invitation", "participants"])
def test_what_is_not_made_or_not_for_everybody_is_not_published(event, actor, kind):
    with pytest.raises(services.NotPublishable):
        services.publish(event=event, kind=kind, actor=actor)


def test_organiser_publishes_from_the_desk_and_the_page_offers_it(event, programme, client):
    programme()
    client.force_login(EventMemberFactory(event=event).user)
    desk = "/en/desk/events/workshop/documents/"

    before = client.get(desk).content.decode()
    answer = client.post(f"{desk}publish/programme/", follow=True).content.decode()

    assert f'action="{desk}publish/programme/"' in before
    assert f'action="{desk}publish/programme/"' not in answer
    assert "It is now on the event’s page." in answer
    assert "Provisional programme" in client.get(event.get_absolute_url()).content.decode()


def test_desk_says_that_an_earlier_version_stands_on_the_page(event, actor, programme, client):
    programme()
    services.publish(event=event, kind="programme", actor=actor)
    programme(options={"final": True})
    client.force_login(EventMemberFactory(event=event).user)

    page = client.get("/en/desk/events/workshop/documents/").content.decode()

    assert "An earlier version is on the event’s page." in page


def test_lost_file_is_not_published_and_that_is_said_in_words(event, programme, client, sent_tasks):
    programme(languages="es")
    document = Document.objects.get()
    store.path(document.file_sha256).unlink()
    client.force_login(EventMemberFactory(event=event).user)

    with sent_tasks() as tasks:
        answer = client.post("/en/desk/events/workshop/documents/publish/programme/", follow=True)

    (message,) = answer.context["messages"]
    assert str(message).startswith("1 file is missing from the store and is being made again: ")
    assert (published(event), tasks) == ([], [("documents.restore", document.pk)])


def test_nothing_to_publish_is_said_in_words(event, client):
    AgendaItemFactory(event=event)
    client.force_login(EventMemberFactory(event=event).user)

    answer = client.post("/en/desk/events/workshop/documents/publish/agenda/", follow=True)

    assert "There is nothing to publish yet." in answer.content.decode()
