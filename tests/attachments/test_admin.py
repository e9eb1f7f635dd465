"""Uploading several files at once, describing them, and replacing one."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from attachments.forms import UploadForm
from attachments.models import Attachment
from tests.attachments.samples import ACCEPTED, pdf
from tests.factories import (
    AttachmentFactory,
    EventFactory,
    OrganisationFactory,
    SessionFactory,
    StaffFactory,
    UserFactory,
)
from tests.forms import admin_address, form_values

pytestmark = pytest.mark.django_db
UPLOAD = reverse("admin:attachments_attachment_upload")
DETAILS = {
    "kind": "presentation",
    "session": "",
    "languages": ["es"],
    "audience": "public",
    "presented_by": "",
}


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


def upload(client, event, *files, **details):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"{UPLOAD}?event={event.pk}", DETAILS | details | {"uploads": sent})


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def test_upload_of_several_files_keeps_each_with_its_details(client, staff):
    session, body = SessionFactory(), OrganisationFactory()

    response = upload(
        client,
        session.event,
        ("Una.pdf", pdf()),
        ("Dos.pptx", ACCEPTED["pptx"]),
        session=session.pk,
        presented_by=body.pk,
        languages=["en", "es"],
        audience="delegates",
    )

    rows = Attachment.objects.order_by("order").values_list(
        "file_name", "extension", "languages", "audience", "session", "presented_by", "added_by", "title_es"
    )
    common = ("en,es", "delegates", session.pk, body.pk, staff.pk)
    assert list(rows) == [("Una.pdf", "pdf", *common, "Una"), ("Dos.pptx", "pptx", *common, "Dos")]
    assert (
        response.url == reverse("admin:events_event_change", args=[session.event_id]) + "#attachments-group"
    )
    assert said(response) == [("success", "2 files were added. Look at the titles in both languages.")]


def test_upload_with_a_refused_file_keeps_the_others_and_names_the_reason(client, staff):
    response = upload(
        client, EventFactory(), ("a.pdf", pdf()), ("b.pdf", b"<html>"), ("c.exe", b"MZ"), ("d.pdf", b"")
    )

    assert [one.file_name for one in Attachment.objects.all()] == ["a.pdf"]
    assert said(response) == [
        ("error", "“b.pdf” was not accepted: its content is not PDF."),
        (
            "error",
            "“c.exe” was not accepted: files of this type are not accepted. "
            "Accepted are PDF, Word, PowerPoint, Excel, OpenDocument, JPEG, PNG, ZIP.",
        ),
        ("error", "“d.pdf” was not accepted: it is empty."),
        ("success", "1 file was added. Look at the titles in both languages."),
    ]


def test_upload_of_nothing_but_refused_files_keeps_what_was_chosen(client, staff):
    session = SessionFactory()

    response = upload(client, session.event, ("b.pdf", b"<html>"), session=session.pk, audience="delegates")

    form = response.context["form"]
    assert form.errors == {"uploads": ["“b.pdf” was not accepted: its content is not PDF."]}
    assert (form["session"].value(), form["audience"].value()) == (str(session.pk), "delegates")
    assert "Error: Upload files" in response.content.decode()


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"languages": ["xxx"]}, "languages"),
        ({"languages": []}, "languages"),
        ({"session": "999999"}, "session"),
    ],
)
def test_upload_with_a_wrong_detail_keeps_no_file(client, staff, details, field):
    response = upload(client, EventFactory(), ("a.pdf", pdf()), **details)

    assert (list(response.context["form"].errors), Attachment.objects.count()) == ([field], 0)


def test_upload_to_a_session_of_another_event_is_refused(client, staff):
    response = upload(client, EventFactory(), ("a.pdf", pdf()), session=SessionFactory().pk)

    assert (list(response.context["form"].errors), Attachment.objects.count()) == (["session"], 0)


@pytest.mark.parametrize(
    ("language", "names"), [("en", ["Assembly", "Union"]), ("es", ["Asamblea", "Unión"])]
)
def test_upload_sorts_the_organisations_in_the_language_of_the_page(language, names):
    OrganisationFactory(name_en="Union", name_es="Asamblea")
    OrganisationFactory(name_en="Assembly", name_es="Unión")

    with translation.override(language):
        choices = UploadForm(event=EventFactory()).fields["presented_by"].choices

        assert [label for value, label in choices if value] == names


def test_upload_without_a_file_says_so(client, staff):
    response = upload(client, EventFactory())

    assert response.context["form"].errors == {"uploads": ["This field is required."]}


def test_upload_begins_with_the_session_it_was_asked_for(client, staff):
    session = SessionFactory()

    page = client.get(f"{UPLOAD}?event={session.event_id}&session={session.pk}")

    assert page.context["form"]["session"].value() == str(session.pk)


@pytest.mark.parametrize("query", ["", "?event=", "?event=x", "?event=1%20or%201"])
def test_upload_without_an_event_asks_for_which(client, staff, query):
    event = EventFactory()

    page = client.get(UPLOAD + query)

    assert list(page.context["events"]) == [event]


def test_upload_to_an_event_that_is_not_there_is_not_found(client, staff):
    assert client.get(f"{UPLOAD}?event=999999").status_code == 404


def test_upload_by_an_outsider_is_not_found(client):
    client.force_login(UserFactory())

    assert upload(client, EventFactory(), ("a.pdf", pdf())).status_code == 404
    assert Attachment.objects.count() == 0


def test_adding_one_file_leads_to_the_upload(client, staff):
    assert client.get(reverse("admin:attachments_attachment_add")).url == UPLOAD


def test_files_are_described_and_ordered_on_the_page_of_their_event(client, staff):
    event = EventFactory()
    first, second = AttachmentFactory.create_batch(2, event=event)
    session = SessionFactory(event=event)
    url = reverse("admin:events_event_change", args=[event.pk])
    sent = form_values(client.get(url))

    client.post(
        url,
        sent
        | {
            "attachments-0-title_es": "Otro título",
            "attachments-0-order": "2",
            "attachments-1-order": "1",
            "attachments-1-session": session.pk,
            "attachments-1-languages": ["en", "fr"],
        },
    )

    rows = Attachment.objects.order_by("order").values_list("pk", "title_es", "session", "languages")
    assert list(rows) == [
        (second.pk, second.title_es, session.pk, "en,fr"),
        (first.pk, "Otro título", None, "en"),
    ]


def test_event_page_offers_no_session_of_another_event(client, staff):
    attachment = AttachmentFactory()
    mine, _other = SessionFactory(event=attachment.event), SessionFactory()

    page = client.get(reverse("admin:events_event_change", args=[attachment.event_id]))

    form = page.context["inline_admin_formsets"][-1].formset.forms[0]
    assert list(form.fields["session"].queryset) == [mine]


def test_file_on_its_own_page_is_replaced(client, staff):
    upload(client, EventFactory(), ("Una.pdf", pdf()))
    attachment = Attachment.objects.get()
    sent = form_values(client.get(admin_address(attachment))) | {"title_en": "One"}

    client.post(
        admin_address(attachment), sent | {"replacement": SimpleUploadedFile("Dos.zip", ACCEPTED["zip"])}
    )

    attachment.refresh_from_db()
    assert (attachment.file_name, attachment.extension, attachment.title_en) == ("Dos.zip", "zip", "One")


def test_replacement_that_is_refused_changes_nothing(client, staff):
    upload(client, EventFactory(), ("Una.pdf", pdf()))
    attachment = Attachment.objects.get()
    sent = form_values(client.get(admin_address(attachment))) | {"title_en": "One"}

    response = client.post(
        admin_address(attachment), sent | {"replacement": SimpleUploadedFile("x.pdf", b"<html>")}
    )

    assert response.context["adminform"].form.errors == {
        "replacement": ["“x.pdf” was not accepted: its content is not PDF."]
    }
    attachment.refresh_from_db()
    assert (attachment.file_name, attachment.title_en) == ("Una.pdf", None)


def test_file_of_a_session_of_another_event_is_refused_by_the_model():
    attachment = AttachmentFactory()
    attachment.session = SessionFactory()

    with pytest.raises(Exception, match="belongs to another event"):
        attachment.full_clean()
