"""A visitor reads an event in both languages, downloads a file and the calendar, and verifies a letter."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import (
    AttachmentFactory,
    EventFactory,
    EventOrganiserFactory,
    PanellistFactory,
    SessionFactory,
    WindowFactory,
)


@pytest.fixture
def event():
    event = EventFactory(slug="specimen")
    WindowFactory(event=event)
    EventOrganiserFactory(event=event)
    session = SessionFactory(event=event, day=event.first_day, starts="09:00", ends="10:30")
    PanellistFactory(session=session)
    AttachmentFactory(event=event, title_en="Aide-memoire", title_es="Nota recordatoria")
    return event


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_visitor_reads_an_event_in_both_languages(open_page, assert_accessible, event, script):
    page = open_page(script=script)

    page.goto("/en/")
    page.get_by_role("link", name="Specimen Workshop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Specimen Workshop")
    page.get_by_role("link", name="Español").first.click()

    expect(page).to_have_url(re.compile(r"/es/events/specimen/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Taller de Muestra")
    if script:
        assert_accessible(page)


def test_visitor_takes_a_file_and_the_calendar(page, event):
    page.goto("/en/events/specimen/")

    with page.expect_download() as file:
        page.get_by_role("link", name="Aide-memoire").click()
    with page.expect_download() as calendar:
        page.get_by_role("link", name="Add to calendar").click()

    assert file.value.suggested_filename == "specimen.pdf"
    assert calendar.value.suggested_filename.endswith(".ics")


def test_visitor_finds_an_event_by_words_without_accents(page, event):
    EventFactory(slug="other", title_en="Another meeting", title_es="Otra reunión sobre tecnología")
    page.goto("/en/events/")

    page.get_by_role("searchbox").fill("tecnologia")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Another meeting")).to_be_visible()
    expect(page.get_by_role("heading", name="Specimen Workshop")).to_have_count(0)


@pytest.mark.parametrize("path", ["/en/", "/es/events/", "/en/events/specimen/", "/verify/", "/es/privacy/"])
def test_public_page_on_a_telephone_is_accessible_and_fits(phone, assert_accessible, event, path):
    phone.goto(path)

    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_unknown_code_is_told_in_both_languages(page, assert_accessible):
    page.goto("/verify/")

    page.get_by_label("Verification code").first.fill("ZZZZ-ZZZZ-ZZZZ-ZZZZ")
    page.keyboard.press("Enter")

    expect(page.locator("section[lang=en]")).to_be_visible()
    expect(page.locator("section[lang=es]")).to_be_visible()
    assert_accessible(page)
