"""Edit templates: fields of each kind, refused texts and the reasons, versions, and the preview."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEntry
from documents import services, store
from documents.models import Batch, Document, Image, Kind, Signatory, Template, TemplateVersion
from documents.rules import WORDS
from documents.services import templates
from tests.documents.people_samples import confirmed_head, invited_delegation, montevideo, standard_templates
from tests.documents.samples import picture
from tests.documents.test_admin import address, form
from tests.factories import (
    OrganisationFactory,
    SessionFactory,
    SignatoryFactory,
    TemplateFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("files")]


def signed(**changes):
    """Return the data that the browser sends for a new signatory."""
    row = {"name": "Specimen Two", "title_en": "President", "title_es": "Presidenta", "order": 1} | changes
    return {f"signatories-0-{name}": value for name, value in row.items()} | {
        "signatories-TOTAL_FORMS": 1,
        "signatories-0-organisation": changes.get("organisation") or OrganisationFactory().pk,
    }


def pages_of(response):
    return [page.extract_text() for page in PdfReader(BytesIO(response.content)).pages]


def test_new_template_is_asked_for_event_and_kind_and_then_for_its_words(client, officer, event):
    asked = client.get(address("template_add"))
    saved = client.post(address("template_add"), {"event": event.pk, "kind": Kind.VISA_LETTER})

    made = Template.objects.get(kind=Kind.VISA_LETTER)
    assert set(asked.context["adminform"].form.fields) == {"event", "kind"}
    assert saved.url == address("template_change", made.pk)
    assert "{" in made.body_en
    assert AuditEntry.objects.about(made).filter(verb="template.begun").count() == 1


@pytest.mark.parametrize(
    "kind", [Kind.VISA_LETTER, Kind.CONFIRMATION, Kind.PERSON_CONFIRMATION, Kind.CERTIFICATE]
)
def test_preview_of_a_paper_about_people_is_that_of_a_real_one(client, officer, kind):
    event = montevideo()
    person = confirmed_head(invited_delegation(event))
    template = standard_templates(event, officer)[kind]
    template.refresh_from_db()
    whose = person.delegation_id if kind == Kind.CONFIRMATION else person.pk
    typed = {name: value for name, value in form(template).items() if not name.startswith("signatories")}
    rows = {"signatories-TOTAL_FORMS": 0, "signatories-INITIAL_FORMS": 0}

    answer = client.post(
        address("template_preview", template.pk),
        typed | rows | {"preview-language": "es", "preview-whose": whose},
    )

    assert answer["Content-Type"] == "application/pdf"
    assert person.family_names in " ".join(pages_of(answer))
    shown = AuditEntry.objects.about(template).filter(verb="template.shown")
    assert [one.changes for one in shown] == (
        [] if kind == Kind.CONFIRMATION else [{"participant": person.pk}]
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_page_of_each_kind_asks_for_the_fields_that_it_uses(client, officer, event, kind):
    template = Template.objects.filter(kind=kind).first() or TemplateFactory(event=event, kind=kind)

    page = client.get(address("template_change", template.pk))

    asked = {name.removesuffix("_en") for name in page.context["adminform"].form.fields if name[-3:] != "_es"}
    assert asked == set(WORDS[kind].used)
    assert bool(page.context["inline_admin_formsets"]) == WORDS[kind].is_signed


NESTED = '<div style="display:flex">' * 12 + "Specimen" + "</div>" * 12
REFUSED = [
    ("body_en", "<p>{{ settings }}</p>", "{{ settings }}"),
    ("body_en", "<p>{event.__class__}</p>", "{event.__class__}"),
    ("body_en", "<p>{% load i18n %}</p>", "{% load i18n %}"),
    ("body_es", "<p>Specimen</p><script>alert(1)</script>", "<script>"),
    ("body_en", '<p style="color:red">Specimen</p>', 'style="color:red"'),
    ("body_en", '<p onclick="alert(1)">Specimen</p>', 'onclick="alert(1)"'),
    ("body_en", '<p><img src="https://evil.example/a.png"></p>', 'src="https://evil.example/a.png"'),
    ("body_en", '<p><img src="file:///etc/passwd"></p>', 'src="file:///etc/passwd"'),
    ("body_en", '<p><a href="file:///etc/passwd">Specimen</a></p>', 'href="file:///etc/passwd"'),
    ("body_en", "<style>@import url(//evil.example)</style><p>Specimen</p>", "<style>"),
    ("body_en", NESTED, "<div>"),
    ("body_en", '<table><tr><td colspan="100000">1</td></tr></table>', 'colspan="100000"'),
    ("body_en", f"<table><tr>{'<td></td>' * 100_000}</tr></table>", "This text is too long"),
    ("body_en", f"<p>{'Specimen ' * 120_000}</p>", "This text is too long"),
    ("body_es", "\u5b57" * 1_000_000, "This text is too long"),
    ("place_en", "{{ settings }}", "{{ settings }}"),
    ("place_es", "{event.__class__}", "{event.__class__}"),
    ("place_en", "{% load i18n %}", "{% load i18n %}"),
    ("place_en", "<script>alert(1)</script>", "<script>"),
    ("place_en", '<b style="x">Geneva</b>', '<b style="x">'),
    ("closing_en", "<img src=file:///etc/passwd>", "<img src=file:///etc/passwd>"),
    ("subject_en", "<script>alert(1)</script>", "<script>"),
    ("enclosures_en", "Specimen " * 120_000, "This text is too long"),
]


@pytest.mark.parametrize(("field", "text", "named"), REFUSED, ids=lambda value: str(value)[:30])
def test_what_no_document_can_hold_is_refused_with_the_reason_and_kept_in_the_form(
    client, officer, template, field, text, named
):
    before = getattr(template, field)

    page = client.post(address("template_change", template.pk), form(template, **{field: text}))

    errors = page.context["adminform"].form.errors
    template.refresh_from_db()
    assert list(errors) == [field]
    assert named in errors[field][0]
    assert page.context["adminform"].form[field].value() == text
    assert getattr(template, field) == before


@pytest.mark.parametrize("name", ["name", "title_en", "title_es"])
@pytest.mark.parametrize(
    "text", ["{{ settings }}", "{% load i18n %}", "{event.__class__}", "<script>alert(1)"]
)
def test_signatory_cannot_hold_it_either(client, officer, template, name, text):
    page = client.post(address("template_change", template.pk), form(template) | signed(**{name: text}))

    (row,) = page.context["inline_admin_formsets"][0].formset.forms
    assert list(row.errors) == [name]
    assert row[name].value() == text
    assert Signatory.objects.count() == 1


def test_reason_stands_in_the_language_of_whoever_reads(client, officer, template):
    page = client.post(
        address("template_change", template.pk),
        form(template, body_en="<p>Specimen</p>" * 5000),
        headers={"accept-language": "es"},
    )

    assert "Este texto es demasiado largo" in page.content.decode()


def test_tables_of_the_editor_are_accepted(client, officer, template):
    table = (
        '<table style="min-width: 50px"><colgroup><col style="min-width: 25px"></colgroup><tbody><tr>'
        '<td colspan="1" rowspan="1"><p>Specimen</p></td></tr></tbody></table>'
    )

    client.post(address("template_change", template.pk), form(template, body_en=table))

    template.refresh_from_db()
    assert template.body_en == "<table><tbody><tr><td><p>Specimen</p></td></tr></tbody></table>"


def test_fourth_signatory_is_refused(client, officer, template):
    for _number in range(2):
        SignatoryFactory(template=template)

    with pytest.raises(Exception, match="at most three"):
        SignatoryFactory.build(template=template).clean()


def test_documents_keep_the_version_they_were_made_from(client, officer, template, order, invite, planned):
    first = planned(order(uruguay := invite("UY"))).documents.get()
    client.post(address("template_change", template.pk), form(template, closing_en="Sincerely,"))
    second = planned(order(uruguay)).documents.exclude(pk=first.pk).get()

    versions = TemplateVersion.objects
    assert versions.version_of(first).texts["closing_en"] == "Yours sincerely,"
    assert versions.version_of(second).texts["closing_en"] == "Sincerely,"
    assert versions.version_of(first).kept_by is None
    page = client.get(address("document_change", second.pk)).content.decode()
    assert f"{address('template_versions', template.pk)}#version-{second.template_version}" in page


def test_template_written_past_the_administration_is_kept_when_documents_are_planned(
    template, order, invite, planned
):
    planned(order(uruguay := invite("UY")))
    Template.objects.update(closing_en="Sincerely,")
    planned(order(uruguay))
    planned(order(uruguay))

    texts = [version.texts["closing_en"] for version in TemplateVersion.objects.of(template)]
    assert texts == ["Sincerely,", "Yours sincerely,"]


def test_versions_page_shows_what_changed_and_restores_it(client, officer, template):
    client.post(address("template_change", template.pk), form(template, closing_en="Sincerely,") | signed())
    page = client.get(address("template_versions", template.pk))
    newest, oldest = page.context["versions"]

    client.post(address("template_restore", template.pk, oldest.version.number))

    template.refresh_from_db()
    assert [change.label for change in newest.changes] == ["Closing (English)", "Signatories"]
    assert "<del>Yours sincerely,</del>" in page.content.decode()
    assert template.closing_en == "Yours sincerely,"
    assert [one.name for one in template.signatories.all()] == ["Specimen Signatory"]
    assert TemplateVersion.objects.of(template).first().texts == oldest.version.texts
    assert template.version == 3


def test_versions_page_of_a_template_that_was_never_saved_says_when_the_first_is_kept(
    client, officer, template
):
    page = client.get(address("template_versions", template.pk))

    assert page.context["versions"] == []
    assert "The first version is kept when the template is saved" in page.content.decode()


def test_version_whose_signatory_has_no_organisation_any_more_is_not_restored(client, officer, template):
    body = OrganisationFactory()
    SignatoryFactory(template=template, organisation=body)
    old = templates.keep_version(template)
    template.signatories.filter(organisation=body).delete()
    body.delete()
    templates.keep_version(template)

    page = client.post(address("template_restore", template.pk, old.number), follow=True)

    assert "names an organization that no longer exists" in page.content.decode()
    assert template.signatories.count() == 1


def test_preview_shows_the_unsaved_words_to_a_real_parliament_and_keeps_nothing(
    client, officer, template, invite
):
    invite("CL")
    uruguay = invite("UY", "es")
    upload = SimpleUploadedFile("signature.png", picture(1800, 900))
    typed = form(template, body_es="<p>Texto sin guardar para {parliament_in_sentence}.</p>") | signed()
    typed |= {"preview-language": "es", "preview-whose": uruguay.pk, "signatories-0-upload": upload}
    before = (Template.objects.values().get(), Signatory.objects.count(), Document.objects.count())

    answer = client.post(address("template_preview", template.pk), typed)

    (page,) = pages_of(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert "Texto sin guardar para" in page
    assert "Parlamento de Muestra UY." in page
    assert "Specimen Two" in page
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert (Template.objects.values().get(), Signatory.objects.count(), Document.objects.count()) == before
    assert (Image.objects.count(), TemplateVersion.objects.count(), list(store.file_names())) == (0, 0, [])


def test_preview_of_an_event_paper_shows_its_opening(client, officer):
    session = SessionFactory()
    template = TemplateFactory(event=session.event, kind=Kind.PROGRAMME, title_en="", body_en="", body_es="")
    typed = dict.fromkeys(("title_es", "body_es"), "") | {"letterhead": template.letterhead_id}
    typed |= {"title_en": "Timetable", "body_en": "<p>For {event}.</p>", "preview-language": "en"}

    answer = client.post(address("template_preview", template.pk), typed)

    (sheet,) = pages_of(answer)
    assert "Timetable" in sheet
    assert f"For {session.event.title_en}." in sheet


def test_two_places_stand_in_the_line_of_the_date(template, order, invite, planned):
    template.place_en, template.place_es = "Geneva / Brussels", "Ginebra/Bruselas"
    template.save()

    made = planned(order(invite("UY", "both"))).documents.order_by("language")

    assert [one.snapshot["place_and_date"] for one in made] == [
        "Geneva/Brussels, 23 April 2026",
        "Ginebra/Bruselas, 23 de abril de 2026",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body_en": "<p>{evento}</p>"}, "Text [en]: This is not a placeholder: {evento}."),
        ({"body_en": "<p>by {deadline}</p>"}, "{deadline} has no value."),
        ({"closing_en": ""}, "Closing is empty in English"),
        ({"preview-whose": "0"}, "Addressee: "),
    ],
)
def test_preview_that_cannot_be_made_says_why(client, officer, template, invite, changes, sentence):
    typed = form(template) | {"preview-language": "en", "preview-whose": invite("UY").pk} | changes

    answer = client.post(address("template_preview", template.pk), typed)

    assert answer.status_code == 400
    assert any(str(problem).startswith(sentence) for problem in answer.context["problems"])


def test_previews_are_limited(client, officer, template, invite, monkeypatch):
    cache.clear()
    monkeypatch.setattr("documents.admin.templates.PREVIEW_LIMIT", (1, 3600))
    typed = form(template) | {"preview-language": "en", "preview-whose": invite("UY").pk}

    statuses = [client.post(address("template_preview", template.pk), typed).status_code for _try in range(2)]

    assert statuses == [200, 429]


def test_preview_and_versions_are_for_officers_alone(client, template):
    client.force_login(UserFactory())

    pages = [client.post(address(name, template.pk)) for name in ("template_preview", "template_versions")]

    assert [page.status_code for page in pages] == [404, 404]


def test_check_names_every_placeholder_for_184_parliaments(client, officer, template, event, invite):
    for number in range(184):
        invite(f"A{number}", "both")
    template.body_en = "<p>{theme} {deadline} {nothing}</p>"
    template.body_es = "<p>{deadline} {parliament}</p>"
    template.place_es = ""
    template.save()

    page = client.get(
        reverse("documents:order", args=[event.slug]),
        {"check": 1, "which": "all", "languages": "own", "chambers": "together", "date": "2026-04-23"},
    ).content.decode()

    found = ("This is not a placeholder: {nothing}.", "Place is empty in Spanish")
    found += ("{theme} has no value.", "{deadline} has no value.")
    assert [page.count(words) for words in found] == [1, 1, 1, 1]
    assert page.count("For 184 addressees") == 4
    assert page.count("Parliament of Specimen A17 (English, Spanish)") == 1
    assert Batch.objects.count() == 0
    assert (
        services.preview(
            event=event, kind=Kind.INVITATION, organisations=[], date=template.event.first_day
        ).problems
        == []
    )
