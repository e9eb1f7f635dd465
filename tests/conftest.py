"""Fixtures for all tests, and for the programs that live tests and journeys start."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

import stack
from tests import servers
from tests.plugin import POSTGRES

# The name endings of modules that test whole pages or printed pages.
SLOW = ("_admin", "_pages", "_desk", "_on_paper")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests of pages and tests with real commits (mostly races) as slow: the latter must empty all tables.

    Mark tests that stop PostgreSQL as `alone`.
    """
    for item in items:
        if "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.alone)
        marker = item.get_closest_marker("django_db")
        if item.path.stem.endswith(SLOW) or (marker and marker.kwargs.get("transaction")):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process uses a copy of the database that this run has prepared."""
    if template := os.environ.get("TEMPLATE_DATABASE"):
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Exclude everything that is loaded so far from garbage collection, which makes the tests faster."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start each test in English, because a request leaves its language active in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Reset the rate limits before each test."""
    cache.clear()


@pytest.fixture
def postgres(pytestconfig: pytest.Config) -> Iterator[servers.Postgres]:
    """The PostgreSQL server of this run, for a test that stops and starts it."""
    if POSTGRES not in pytestconfig.stash:
        pytest.fail("This test stops its PostgreSQL: run it without DATABASE_URL and without pytest-xdist.")
    yield pytestconfig.stash[POSTGRES]
    connection.close()  # this connection is broken; the next query opens a new one


@pytest.fixture(scope="session")
def mail_server() -> Iterator[tuple[servers.Mailbox, str]]:
    """A mail server for the whole run: its mailbox and its EMAIL_URL."""
    with servers.mail_server() as server:
        yield server


@pytest.fixture
def mailbox(mail_server: tuple[servers.Mailbox, str]) -> servers.Mailbox:
    """The mails that other programs send during this test."""
    mailbox, _url = mail_server
    mailbox.empty()
    return mailbox


@pytest.fixture(scope="session")
def redis_server() -> servers.Redis:
    """A Redis at the address in the settings; it is not started."""
    return servers.Redis(Path(urlsplit(settings.REDIS_URL).path))


@pytest.fixture(scope="session")
def program_environment(django_db_setup: None, mail_server: tuple[servers.Mailbox, str]) -> dict[str, str]:
    """The environment with which other programs use the tests' database, Redis, mailbox and static files."""
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    addresses = {"DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}", "EMAIL_URL": mail_server[1]}
    environment = dict(os.environ) | addresses
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=stack.ROOT, env=environment, check=True)
    return environment
