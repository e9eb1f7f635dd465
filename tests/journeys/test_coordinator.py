"""A coordinator comes by the personal link, enters a delegation, submits it and hears from the secretariat."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from registration import links
from registration.models import Delegation
from tests.factories import ContactFactory, InvitationFactory, WindowFactory
from tests.journeys.doors import enter_code
from tests.servers import eventually

EMAIL = "coordinator@parliament.example"


@pytest.fixture
def invitation():
    invitation = links.set_fingerprint(InvitationFactory())
    invitation.save()
    WindowFactory(event=invitation.event)
    ContactFactory(parliament=invitation.organisation.parliament)
    return invitation


def come_in(page: Page, mailbox, invitation) -> None:
    """From the link in the letter's mail to the form."""
    page.goto(urlsplit(links.personal_link(invitation.pk, "en")).path)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.locator("main form button.button").first.click()
    enter_code(page, EMAIL, mailbox)
    expect(page).to_have_url(re.compile(r"/en/desk/delegations/\d+/$"))


def fill_person(page: Page, number: int, role: str, given: str, family: str) -> None:
    person = page.locator(".participants > li").nth(number)
    person.get_by_label("Role").select_option(label=role)
    person.get_by_label("Gender").select_option(label="woman")
    person.get_by_label("Given names").fill(given)
    person.get_by_label("Family names").fill(family)
    person.get_by_label("Function").fill("Member")


@pytest.mark.parametrize(
    ("width", "script"), [(1280, True), (390, True), (390, False)], ids=["desk", "telephone", "no script"]
)
def test_coordinator_registers_a_delegation(open_page, mailbox, assert_accessible, invitation, width, script):
    page = open_page(width, script=script)
    come_in(page, mailbox, invitation)

    fill_person(page, 0, "Delegate", "Specimen", "One")
    page.get_by_role("button", name="Add a person").click()
    expect(page.locator(".participants fieldset")).to_have_count(2)
    fill_person(page, 1, "Delegate", "Muestra", "Dos Tres")
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("link", name="Say who the head of the delegation is.")).to_be_visible()
    if script:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("link", name="Say who the head of the delegation is.").click()
    expect(page).to_have_url(re.compile(r"/desk/delegations/\d+/#"))
    head = page.locator(".participants > li").first
    expect(head.get_by_label("Role")).to_be_visible()
    head.get_by_label("Role").select_option(label="Head of delegation")
    page.get_by_role("button", name="Save and check").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Submit registration").click()

    expect(page.get_by_text("submitted").first).to_be_visible()
    eventually(lambda: len(mailbox.to(EMAIL)) == 2)
    receipt = mailbox.to(EMAIL)[-1].get_body(("plain",)).get_content()
    assert "not a confirmation" in " ".join(receipt.split())
    assert Delegation.objects.get().status == Delegation.Status.SUBMITTED


def test_coordinator_removes_a_person_and_takes_it_back(page, mailbox, invitation):
    come_in(page, mailbox, invitation)
    fill_person(page, 0, "Head of delegation", "Specimen", "One")

    page.get_by_role("button", name="Remove this person").click()
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_label("Family names")).to_have_value("One")


def test_second_person_with_the_link_is_told_and_changes_nothing(open_page, mailbox, invitation):
    come_in(open_page(), mailbox, invitation)
    second = open_page()

    second.goto(urlsplit(links.personal_link(invitation.pk, "en")).path)
    second.get_by_label("E-mail address").fill("second@parliament.example")
    second.locator("main form button.button").first.click()
    enter_code(second, "second@parliament.example", mailbox)

    expect(second.get_by_role("heading", level=1)).to_be_visible()
    assert [user.email for user in Delegation.objects.get().coordinators.all()] == [EMAIL]
