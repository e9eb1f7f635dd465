"""The site on SQLite, as a bare `manage.py` and the demo run it."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

import stack
from tests.servers import free_port


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site on a new SQLite database with the development settings and no Redis."""
    folder = tmp_path_factory.mktemp("sqlite")
    env = dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'convoca.sqlite3'}",
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=stack.ROOT, env=env, check=True
    )
    web, address = stack.start_web(free_port(), env=env, log=folder / "web.log")
    yield address
    web.end(grace=5)


@pytest.mark.parametrize("path", ["/en/", "/es/", "/en/events/", "/es/events/", "/admin/"])
def test_page_on_sqlite_answers(site: str, path: str) -> None:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(site + path) as answer:
        assert answer.status == 200
