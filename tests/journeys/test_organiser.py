"""An organiser orders letters on a telephone, watches their progress and downloads them."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.factories import (
    EventFactory,
    EventMemberFactory,
    InvitationFactory,
    PresidingOfficerFactory,
    SignatoryFactory,
    TemplateFactory,
    UserFactory,
)
from tests.journeys.doors import sign_in


@pytest.fixture
def organiser():
    """A team member of an event to which three parliaments are invited."""
    event = EventFactory(slug="specimen")
    SignatoryFactory(template=TemplateFactory(event=event))
    for _number in range(3):
        organisation = InvitationFactory(event=event).organisation
        PresidingOfficerFactory(parliament=organisation.parliament)
    return EventMemberFactory(event=event, user=UserFactory(email="organiser@secretariat.example")).user


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_organiser_orders_letters_and_downloads_them(
    open_page, mailbox, assert_accessible, organiser, script
):
    page = open_page(390, script=script)
    sign_in(page, organiser.email, mailbox, path="/en/desk/")
    page.get_by_role("link", name="Specimen Workshop").click()
    if script:
        assert_accessible(page)

    page.get_by_role("link", name=re.compile("^Make.*Invitation letter$")).click()
    page.get_by_role("button", name="Check the order").click()
    page.get_by_role("button", name="Make 3 documents").click()
    for _look in range(60):
        if page.get_by_role("link", name="Download all 3 documents (ZIP)").count():
            break
        page.wait_for_timeout(500)
        if page.get_by_role("link", name="Refresh").count():
            page.get_by_role("link", name="Refresh").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all 3 documents (ZIP)").click()

    with zipfile.ZipFile(download.value.path()) as archive:
        assert [archive.read(name)[:5] for name in archive.namelist()] == [b"%PDF-"] * 3
    if script:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_desk_of_another_event_is_not_found(page, mailbox, organiser):
    EventFactory(slug="foreign")
    sign_in(page, organiser.email, mailbox, path="/en/desk/")

    answer = page.goto("/en/desk/events/foreign/documents/")

    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
