"""Signatures and logos: uploaded in the administration, written again for print, and printed."""

import resource

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from documents import store
from documents.models import Image, Logo, Signatory
from tests.documents.samples import jpeg, picture
from tests.documents.test_admin import address, form
from tests.documents.test_templates import signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_signature_is_kept_as_a_small_picture_on_white_and_printed(
    client, officer, template, order, invite, make
):
    upload = SimpleUploadedFile("signature.png", picture(1800, 900))

    client.post(
        address("template_change", template.pk), form(template) | signed() | {"signatories-0-upload": upload}
    )

    second = Signatory.objects.get(name="Specimen Two")
    assert second.signature.name.endswith(".jpg")
    assert store.read(second.signature.sha256).startswith(b"\xff\xd8\xff")
    document = make(order(invite("UY"))).documents.get()
    assert document.snapshot["signatories"][1]["signature"] == second.signature.name
    images = PdfReader(store.path(document.file_sha256)).pages[0].images
    assert [image.image.size for image in images if image.image.width == 600] != []


def test_picture_that_is_none_is_refused_in_words(client, officer, template):
    upload = SimpleUploadedFile("signature.png", b"<html>")

    page = client.post(
        address("template_change", template.pk), form(template) | signed() | {"signatories-0-upload": upload}
    )

    (row,) = page.context["inline_admin_formsets"][0].formset.forms
    assert "neither JPEG nor PNG" in row.errors["upload"][0]
    assert Image.objects.count() == 0


@pytest.mark.parametrize(
    ("page", "name"), [("template_change", "signatories-0-upload"), ("logo_add", "upload")]
)
def test_picture_for_which_the_disk_fills_up_meanwhile_is_refused_in_words(
    client, officer, template, page, name
):
    chosen = {
        "template_change": form(template) | signed(),
        "logo_add": {"organisation": template.letterhead_id},
    }[page]
    arguments = [template.pk] if page == "template_change" else []
    upload = SimpleUploadedFile("signature.png", picture(1800, 900))
    _soft, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, most))
    try:
        answer = client.post(address(page, *arguments), chosen | {name: upload})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert "the server could not store it. Please try again later." in answer.content.decode()
    assert (answer.status_code, Image.objects.count()) == (200, 0)


def test_preview_of_a_signature_leaves_no_file(client, officer, template, invite):
    invite("UY")
    upload = SimpleUploadedFile("signature.png", picture(1800, 900))
    chosen = {
        "preview-language": "en",
        "preview-whose": str(template.event.invitations.get().organisation_id),
    }

    answer = client.post(
        address("template_preview", template.pk),
        form(template) | signed() | chosen | {"signatories-0-upload": upload},
    )

    assert (answer.headers["Content-Type"], list(store.file_names())) == ("application/pdf", [])


def test_picture_for_which_the_disk_has_no_room_is_refused_in_words(client, officer, template, monkeypatch):
    monkeypatch.setattr(store, "MIN_ROOM", 2**63)
    upload = SimpleUploadedFile("signature.png", picture(1800, 900))

    page = client.post(
        address("template_change", template.pk), form(template) | signed() | {"signatories-0-upload": upload}
    )

    (row,) = page.context["inline_admin_formsets"][0].formset.forms
    assert row.errors["upload"] == [
        "“signature.png” was not accepted: the server could not store it. Please try again later."
    ]
    assert Image.objects.count() == 0


def test_logo_of_an_organisation_stands_in_the_snapshot(client, officer, template, order, invite, planned):
    upload = SimpleUploadedFile("logo.jpg", jpeg(300, 200))

    client.post(address("logo_add"), {"organisation": template.letterhead_id, "upload": upload})

    logo = Logo.objects.get(organisation=template.letterhead)
    assert logo.image.added_by == officer
    document = planned(order(invite("UY"))).documents.get()
    assert document.snapshot["letterhead"]["logo"] == logo.image.name
    assert (
        client.get(address("logo_picture", logo.image_id))["Content-Security-Policy"]
        == "sandbox; default-src 'none'"
    )
