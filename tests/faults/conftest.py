"""Fault tests: 368 letters and their mails while programs are killed, servers fail and the disk is full.

`make test-faults` runs them; FAULT_LETTERS=24 makes fewer letters. The time limits of the scenarios are for two idle
cores; FAULT_PATIENCE=3 makes them three times longer. The results are printed at the end.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.models import User
from config.sample import delegations, loading
from events.models import Event
from tests import servers
from tests.faults import sums
from tests.faults.programs import Programs
from tests.faults.world import World

LETTERS = int(os.environ.get("FAULT_LETTERS", "368"))
PATIENCE = float(os.environ.get("FAULT_PATIENCE", "1"))
TABLE = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TABLE] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Print each row of the table at once, so that it is not lost if the run ends early."""
    result = yield
    terminal: pytest.TerminalReporter = item.config.pluginmanager.get_plugin("terminalreporter")
    terminal.write_line("")
    terminal.write_line("\n".join(item.config.stash[TABLE][-1:]))
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the results of all scenarios, whether they passed or not."""
    if rows := config.stash[TABLE]:
        terminalreporter.section(f"{LETTERS} letters and their mails")
        terminalreporter.write_line(sums.HEAD)
        for row in rows:
            terminalreporter.write_line(row)


@pytest.fixture
def sample(transactional_db: None) -> tuple[Event, User]:
    """The conference of 2021 with its template and the invitations to all members, visible to other programs."""
    officer = User.objects.create_superuser("officer@secretariat.example")
    loading.load_directory(actor=officer)
    loading.load_organisations()
    loading.load_e_parliament(actor=officer, organiser=officer)
    delegations.invite_members(actor=officer)
    return Event.objects.get(slug="e-parliament-2021"), officer


@pytest.fixture
def redis(redis_server: servers.Redis) -> Iterator[servers.Redis]:
    """A running, empty Redis."""
    redis_server.start()
    yield redis_server
    redis_server.kill()


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    sample: tuple[Event, User],
    program_environment: dict[str, str],
    redis: servers.Redis,
    mailbox: servers.Mailbox,
    tmp_path: Path,
) -> Iterator[World]:
    """The world before any letter is ordered and any program runs. Its results are added to the table at the end."""
    name, seconds = request.node.get_closest_marker("scenario").args
    event, officer = sample
    invited = [one.organisation for one in event.invitations.select_related("organisation")]
    programs = Programs(program_environment, tmp_path)
    world = World(event, officer, invited[: LETTERS // 2], programs, mailbox, redis, seconds * PATIENCE)
    yield world
    programs.close()
    request.config.stash[TABLE].append(sums.table_row(name, world.add_up(), world.seconds, world.limit))
