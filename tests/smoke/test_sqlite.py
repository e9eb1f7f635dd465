"""The site on SQLite, as `manage.py` and the demo run it by default."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import stack
from tests.servers import Redis, free_port

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The development settings on a new SQLite database, with the Redis address of this run."""
    env = dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": str(stack.ROOT / "bin"),
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'convoca.sqlite3'}",
    }
    run(env, "manage.py", "migrate", "--verbosity=0")
    return env


@pytest.fixture(scope="module")
def site(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site without Redis and workers."""
    web, address = stack.start_web(free_port(), env=environment, log=tmp_path_factory.mktemp("web") / "log")
    yield address
    web.end(grace=5)


@pytest.fixture
def worker(environment: dict[str, str], tmp_path: Path) -> Iterator[stack.Service]:
    """A running Redis and a worker."""
    redis = Redis(Path(environment["REDIS_URL"].removeprefix("unix://")))
    redis.start()
    worker = stack.start_worker(
        "smoke", "letters,bulk,mail,mailings", concurrency=2, env=environment, log=tmp_path / "log"
    )
    yield worker
    worker.end(grace=5)
    redis.stop()


def run(env: dict[str, str], *command: str) -> str:
    """Run a Python program of the project, which must succeed, and return its output."""
    done = subprocess.run(
        [sys.executable, *command], cwd=stack.ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("path", ["/en/", "/es/", "/en/events/", "/es/events/", "/admin/", "/verify/"])
def test_page_on_sqlite_answers(site: str, path: str) -> None:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(site + path) as answer:
        assert answer.status == 200


def test_letter_on_sqlite_is_made(environment: dict[str, str], worker: stack.Service) -> None:
    letter = json.loads(run(environment, "-m", "tests.smoke.one_letter"))

    assert letter == {"state": "done", "error": "", "pages": 1, "begins": "%PDF-"}
