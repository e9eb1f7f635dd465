"""An officer writes the text of a letter, inserts placeholders at the cursor, and sees the preview beside the form."""

import pytest
from playwright.sync_api import expect

from documents.models import Document, Template
from tests.factories import (
    InvitationFactory,
    ParliamentFactory,
    SignatoryFactory,
    StaffFactory,
    TemplateFactory,
)
from tests.journeys.doors import sign_in


@pytest.fixture
def template(transactional_db):
    template = TemplateFactory()
    SignatoryFactory(template=template)
    for code in ("UY", "CL"):
        InvitationFactory(
            event=template.event, organisation=ParliamentFactory(organisation__code=code).organisation
        )
    return template


@pytest.fixture
def editor(page, mailbox, template):
    """The template's admin page."""
    sign_in(page, StaffFactory().email, mailbox, path="/admin/")
    page.goto(f"/admin/documents/template/{template.pk}/change/")
    return page


def test_placeholder_goes_in_where_the_cursor_is(editor, assert_accessible, template):
    assert_accessible(editor)

    editor.locator("#id_subject_en").fill("About  now")
    editor.locator("#id_subject_en").evaluate("field => field.setSelectionRange(6, 6)")
    editor.get_by_role("button", name="{event}", exact=True).click()
    editor.locator("[role=textbox][contenteditable]").first.click()
    editor.keyboard.press("Control+Home")
    editor.get_by_role("button", name="{theme}", exact=True).click()
    editor.get_by_role("button", name="Save", exact=True).click()

    expect(editor.get_by_text("was changed successfully")).to_be_visible()
    template.refresh_from_db()
    assert template.subject_en == "About {event} now"
    assert template.body_en.startswith("<p>{theme}We invite")


def test_preview_stands_beside_the_words_that_are_not_saved(editor, assert_accessible, template):
    editor.locator("#id_closing_en").fill("{nothing}")
    editor.get_by_role("button", name="Show the preview").click()
    frame = editor.frame_locator("iframe[name=preview]")
    expect(frame.get_by_role("heading", name="There is no preview")).to_be_visible()
    expect(frame.get_by_text("Closing [en]: Only plain text is allowed here")).to_be_visible()
    assert_accessible(editor)

    editor.locator("#id_closing_en").fill("With the unsaved words,")
    with editor.expect_response("**/preview/") as answered:
        editor.get_by_role("button", name="Show the preview").click()

    assert answered.value.headers["content-type"] == "application/pdf"
    assert editor.locator("#id_closing_en").input_value() == "With the unsaved words,"
    assert Template.objects.get().closing_en == template.closing_en
    assert Document.objects.count() == 0


def test_preview_opens_by_itself_without_script(open_page, mailbox, template):
    page = open_page(1280, script=False)
    sign_in(page, StaffFactory().email, mailbox, path="/admin/")
    page.goto(f"/admin/documents/template/{template.pk}/change/")

    expect(page.locator("code", has_text="{event_in_sentence}")).to_be_visible()
    button = page.get_by_role("button", name="Show the preview")
    assert button.get_attribute("formtarget") == "_blank"
