"""Templates, documents and batches in the administration."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from documents.models import Batch, Document, Template, TemplateVersion
from jobs.models import State
from registration.models import Invitation
from tests.factories import InvitationFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("files")]


def address(name, *args):
    return reverse(f"admin:documents_{name}", args=args)


def form(template, **changes):
    """Return the data that the browser sends for the template's page."""
    texts = {
        f"{field}_{language}": getattr(template, f"{field}_{language}") or ""
        for field in (
            "place",
            "addressee",
            "salutation",
            "subject",
            "body",
            "body_for_bodies",
            "closing",
            "enclosures",
        )
        for language in ("en", "es")
    }
    management = {"signatories-TOTAL_FORMS": 0, "signatories-INITIAL_FORMS": 0}
    fixed = {"event": template.event_id, "kind": template.kind, "letterhead": template.letterhead_id}
    return texts | management | fixed | changes


def test_template_is_saved_with_its_signatories_and_a_new_version(client, officer, template):
    body = OrganisationFactory()
    signatory = {
        "name": "Specimen Two",
        "title_en": "President",
        "title_es": "Presidenta",
        "organisation": body.pk,
        "order": 1,
    }
    added = {f"signatories-0-{name}": value for name, value in signatory.items()} | {
        "signatories-TOTAL_FORMS": 1
    }
    before = template.version

    client.post(
        address("template_change", template.pk),
        form(template, body_en="<p>To {parliament}, {One:x|two:y}</p>".replace("One", "one"), **added),
    )

    template.refresh_from_db()
    assert template.body_en == "<p>To {parliament}, {one:x|two:y}</p>"
    kept = TemplateVersion.objects.of(template)
    assert [(one.number, one.kept_by) for one in kept] == [(before + 2, officer), (before + 1, None)]
    assert template.version == before + 2
    assert list(template.signatories.values_list("name", flat=True)) == ["Specimen Signatory", "Specimen Two"]
    assert AuditEntry.objects.about(template).filter(verb="template.changed").count() == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("body_es", "<p>{evento}</p>"),
        ("body_en", "<p>{{ settings.SECRET_KEY }}</p>"),
        ("body_en", "<p>{event.title}</p>"),
        ("body_for_bodies_en", "<p>a stray { brace</p>"),
        ("subject_en", "{event_url}"),
    ],
)
def test_unknown_placeholder_is_refused_in_the_field_and_language_it_stands_in(
    client, officer, template, field, text
):
    page = client.post(address("template_change", template.pk), form(template, **{field: text}))

    (error,) = page.context["adminform"].errors[field]
    assert error.startswith("This is not a placeholder: ") or error.startswith("These are not placeholders: ")
    template.refresh_from_db()
    assert getattr(template, field) != text


def test_collective_letter_that_speaks_of_one_parliament_is_refused(client, officer, template):
    Template.objects.update(kind=Template.Kind.COLLECTIVE)
    template.refresh_from_db()

    page = client.post(address("template_change", template.pk), form(template, addressee_en="To all"))

    assert set(page.context["adminform"].errors) == {"body_en", "body_es"}


def test_template_page_offers_the_placeholders_with_their_meaning(client, officer, template):
    page = client.get(address("template_change", template.pk)).content.decode()

    assert "<code data-insert>{event_in_sentence}</code>" in page
    assert "The contact person as a colleague" in page


def test_documents_list_shows_why_a_document_failed(client, officer, order, invite, planned):
    planned(order(invite("UY")))
    Document.objects.update(state=State.FAILED, error_code="too_long")

    page = client.get(address("document_changelist")).content.decode()

    assert "It took too long and was stopped." in page


def test_failed_document_is_tried_again_from_its_page(client, officer, order, invite, planned):
    planned(order(invite("UY")))
    Document.objects.update(state=State.FAILED)
    document = Document.objects.get()

    client.post(address("document_retry", document.pk))

    document.refresh_from_db()
    assert document.state == State.QUEUED


def test_letter_that_could_not_be_written_is_written_anew_from_its_page(
    client, officer, order, invite, planned
):
    uruguay = invite("UY")
    name, uruguay.name_en = uruguay.name_en, ""
    uruguay.save()
    batch = planned(order(uruguay))
    uruguay.name_en = name
    uruguay.save()

    client.post(address("document_retry", Document.objects.get().pk))

    assert planned(batch).waiting == 1


def test_document_is_declared_void_with_a_reason(client, officer, order, invite, make):
    document = make(order(invite("UY"))).documents.get()

    asked = client.get(address("document_void", document.pk))
    empty = client.post(address("document_void", document.pk), {"reason": ""})
    assert (asked.status_code, empty.status_code) == (200, 200)
    client.post(address("document_void", document.pk), {"reason": "Wrong chamber"})

    document.refresh_from_db()
    assert (document.validity, document.void_reason) == ("void", "Wrong chamber")
    assert client.get(address("document_void", document.pk)).status_code == 404


def test_outsider_cannot_void_documents(client, order, invite, make):
    document = make(order(invite("UY"))).documents.get()
    client.force_login(UserFactory())

    answer = client.post(address("document_void", document.pk), {"reason": "Specimen"})

    document.refresh_from_db()
    assert (answer.status_code, document.validity) == (404, "valid")


def test_batches_list_leads_to_the_desk(client, officer, order, invite, make):
    batch = make(order(invite("UY")))

    page = client.get(address("batch_changelist")).content.decode()

    assert batch.get_absolute_url() in page
    assert "1/1" in page
    assert client.get(address("batch_change", batch.pk)).status_code == 200
    assert Batch.objects.count() == 1


def test_letters_to_selected_invitations_are_ordered_on_the_desk(client, officer, event, invite):
    for code in ("UY", "CL", "GB"):
        invite(code)
    chosen = event.invitations.filter(organisation__code__in=["UY", "CL"]).values_list("pk", flat=True)

    response = client.post(
        reverse("admin:registration_invitation_changelist"),
        {"action": "make_letters", "_selected_action": list(chosen)},
    )

    page = client.get(response.url)
    ticked = [organisation.code for _code, organisation, is_ticked in page.context["form"].shown if is_ticked]
    assert ticked == ["CL", "UY"]
    assert page.context["form"]["which"].value() == "picked"


def test_letters_to_invitations_of_two_events_are_refused_in_words(client, officer, invite):
    invite("UY")
    InvitationFactory()

    page = client.post(
        reverse("admin:registration_invitation_changelist"),
        {"action": "make_letters", "_selected_action": list(Invitation.objects.values_list("pk", flat=True))},
        follow=True,
    )

    assert "Letters are made for one event at a time" in page.content.decode()


def test_letters_to_more_than_fit_into_an_address_are_refused_in_words(client, officer, invite, monkeypatch):
    monkeypatch.setattr("documents.admin.documents.MAX_PICKED", 1)
    invite("CL")
    invite("UY")

    page = client.post(
        reverse("admin:registration_invitation_changelist"),
        {"action": "make_letters", "_selected_action": list(Invitation.objects.values_list("pk", flat=True))},
        follow=True,
    )

    assert "Choose at most 1 invitations." in page.content.decode()
