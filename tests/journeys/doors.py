"""Sign-in for the journeys."""

import re

from playwright.sync_api import Page

from tests.servers import Mailbox, eventually

CODE = re.compile(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b")


def sign_in(page: Page, email: str, mailbox: Mailbox, *, path: str) -> None:
    """Open a page that requires sign-in, and sign in with the code sent by e-mail."""
    page.goto(path)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Continue").click()
    enter_code(page, email, mailbox)


def enter_code(page: Page, email: str, mailbox: Mailbox) -> None:
    """Enter the code of the newest mail to this address, on a page in any language."""
    eventually(lambda: mailbox.to(email))
    message = mailbox.to(email)[-1]
    code = CODE.search(message.get_body(("plain",)).get_content())
    page.locator("input[name=code]").fill(code[1])
    page.locator("form button.button:not(.button-secondary)").first.click()
