"""Common actions of a coordinator, in both languages, with or without JavaScript."""

import re
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from registration import links
from registration.models import Invitation
from tests.journeys.doors import enter_code
from tests.servers import Mailbox

OVERVIEW = re.compile(r"/desk/delegations/\d+/$")


def address_of(invitation: Invitation) -> str:
    """Return the coordinator's address for this invitation. Each has its own, because codes are limited by address."""
    return f"coordinator-{invitation.organisation.code.lower()}@parliament.example"


def translated(words: str, language: str, context: str = "") -> str:
    """Return a text of the interface in this language."""
    with translation.override(language):
        return translation.pgettext(context, words) if context else translation.gettext(words)


def button(page: Page, words: str, language: str) -> Locator:
    return page.get_by_role("button", name=translated(words, language))


def link(page: Page, words: str, language: str) -> Locator:
    return page.locator("main").get_by_role("link", name=translated(words, language))


def open_personal_link(
    page: Page, mailbox: Mailbox, invitation: Invitation, language: str = "en", email: str = ""
) -> None:
    """Open the personal link, sign in with the code, and arrive at the delegation."""
    email = email or address_of(invitation)
    page.goto(urlsplit(links.personal_link(invitation.pk, language)).path)
    page.locator("#id_email").fill(email)
    button(page, "Send me a code", language).click()
    enter_code(page, email, mailbox)


def write_person(page: Page, role: str, given: str, family: str, gender: str = "woman") -> None:
    """Fill in the fields of a workshop on the page of a person."""
    page.locator("#id_role").select_option(role)
    page.locator("#id_given_names").fill(given)
    page.locator("#id_family_names").fill(family)
    page.locator("#id_gender").select_option(gender)
    if role != "accompanying":
        page.locator("#id_function").fill("Diputada")


def add_people(page: Page, language: str, people: list[tuple[str, str, str]]) -> None:
    """Add people from the list with “Save and add another”, and return to the list."""
    link(page, "Add a person", language).first.click()
    for number, (role, given, family) in enumerate(people, start=1):
        expect(page.locator("#id_given_names")).to_have_value("")
        write_person(page, role, given, family, "man" if number % 2 else "woman")
        is_last = number == len(people)
        page.locator(f".button[value={'save' if is_last else 'another'}]").click()
    expect(page.locator(".people-table")).to_be_visible()


def open_check(page: Page) -> None:
    """Open the check page, the last one before submission, from any page of the delegation."""
    page.goto(re.sub(r"(/desk/delegations/\d+/).*", r"\1check/", page.url))


def submit(page: Page, language: str) -> None:
    """Tick all declarations on the check page and submit the registration."""
    for box in page.locator("main form input[type=checkbox]:not([name=people])").all():
        box.check()
    button(page, "Submit registration", language).click()
