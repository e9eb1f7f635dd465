"""Journeys: people use the site in a real browser, with a running worker."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

import stack
from tests import servers

# Playwright runs an event loop in this thread, so Django would not allow database access.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PAGES = pytest.StashKey[list[Page]]()
SCREENSHOTS = stack.ROOT / "var" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a page that loads anything foreign fails
)


@pytest.fixture(scope="session")
def site(
    program_environment: dict[str, str],
    redis_server: servers.Redis,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a running site with its worker."""
    logs = tmp_path_factory.mktemp("site")
    port = servers.free_port()
    env = program_environment | {"SITE_URL": f"http://127.0.0.1:{port}"}
    redis_server.start()
    worker = stack.start_worker(
        "journeys", "letters,bulk,mail,mailings", concurrency=1, env=env, log=logs / "worker.log"
    )
    try:
        web, address = stack.start_web(port, env=env, log=logs / "web.log")
        yield address
        web.end(grace=5)
    finally:
        worker.end(grace=5)
        redis_server.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        pytest.fail("No Chromium was found; bin/setup test installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest,
    site: str,
    browser: Browser,
    transactional_db: None,
    mailbox: servers.Mailbox,
) -> Iterator[Callable[..., Page]]:
    """Open a page in a new browser context: open_page(width=390, script=False). Script errors fail the test."""
    contexts, errors = [], []
    pages = request.node.stash.setdefault(PAGES, [])

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    def start(width: int = 1280, *, script: bool = True) -> Page:
        size = {"width": width, "height": 900}
        context = browser.new_context(base_url=site, viewport=size, java_script_enabled=script)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        return page

    yield start
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page with the width of a desktop screen."""
    return open_page(1280)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page with the width of a telephone."""
    return open_page(390)


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Assert that axe finds no violations on a page; the message lists them with their elements."""
    axe = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()
        # Without preload: otherwise axe adds a style sheet to the page, which the content security policy blocks.
        found = axe.run(page, options={"preload": False}).response["violations"]
        lines = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['html'][:200]}"
            for rule in found
            for node in rule["nodes"]
        ]
        assert lines == [], f"{page.url}\n" + "\n".join(lines)

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Store screenshots of the open pages if the journey failed."""
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(item.stash.get(PAGES, []), start=1):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            file = SCREENSHOTS / f"{item.name}-{number}.png"
            page.screenshot(path=file, full_page=True)
            report.sections.append(("screenshot", str(file)))
    return report
