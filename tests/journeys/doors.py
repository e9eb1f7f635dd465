"""How people of the journeys sign in."""

import re

from playwright.sync_api import Page

from tests.servers import Mailbox, eventually

CODE = re.compile(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b")


def sign_in(page: Page, email: str, mailbox: Mailbox, *, path: str) -> None:
    """Go to a page that wants to know who it is, and prove the address with the code that is mailed."""
    page.goto(path)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Continue").click()
    enter_code(page, email, mailbox)


def enter_code(page: Page, email: str, mailbox: Mailbox) -> None:
    """Copy the code of the newest mail to the address; in either language of the page."""
    eventually(lambda: mailbox.to(email))
    message = mailbox.to(email)[-1]
    code = CODE.search(message.get_body(("plain",)).get_content())
    page.locator("input[name=code]").fill(code[1])
    page.locator("form button.button:not(.button-secondary)").first.click()
