"""A coordinator who uses only the keyboard adds a person, takes her out and back, and submits."""

import pytest
from playwright.sync_api import Page, expect

from registration import links
from registration.models import Delegation
from tests.factories import InvitationFactory, WindowFactory
from tests.journeys.coordinator import OVERVIEW, open_personal_link

FURTHEST = 60  # most presses of Tab to reach any element on a page of the desk


@pytest.fixture
def invitation():
    invitation = links.set_fingerprint(InvitationFactory())
    invitation.save()
    WindowFactory(event=invitation.event)
    return invitation


def go_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, and assert that the focus is visible."""
    for _number in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    pytest.fail(f"{selector} was not reached by the keyboard on {page.url}")


def type_into(page: Page, selector: str, words: str) -> None:
    go_to(page, selector)
    page.keyboard.type(words)


def press(page: Page, selector: str) -> None:
    go_to(page, selector)
    page.keyboard.press("Enter")


def test_keyboard_alone_suffices_to_register(page, mailbox, invitation):
    open_personal_link(page, mailbox, invitation)
    expect(page).to_have_url(OVERVIEW)
    address = page.url

    press(page, "a[href$='/people/']")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    press(page, "a[href$='/people/add/']")
    expect(page.locator("#id_role")).to_be_visible()
    type_into(page, "#id_given_names", "Specimen")
    type_into(page, "#id_family_names", "One")
    type_into(page, "#id_gender", "woman")
    type_into(page, "#id_function", "Member")
    press(page, ".button[value=save]")
    expect(page.locator(".people-table")).to_be_visible()
    press(page, "button[value^='remove:']")
    expect(page.locator("button[value^='restore:']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".people-table")).to_be_visible()
    page.goto(address + "check/")
    go_to(page, "#id_privacy_read")
    page.keyboard.press("Space")
    press(page, "main form button[type=submit]")

    expect(page).to_have_url(OVERVIEW)
    assert Delegation.objects.get().status == Delegation.Status.SUBMITTED
