"""Start the tests' own PostgreSQL and create the folders of this run before Django reads its settings.

pytest loads this plugin with `-p tests.plugin` (pyproject.toml) before pytest-django, so the command `pytest` needs no
preparation. The processes of pytest-xdist inherit the environment and start nothing.
"""

import gc
import os
import signal
import tempfile
from pathlib import Path

import pytest

import stack
from tests import schema
from tests.servers import Postgres

FOLDERS = ("FILES_ROOT", "STATIC_ROOT")
KEPT = stack.ROOT / ".pytest_cache" / "schema"
POSTGRES = pytest.StashKey[Postgres]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the environment to servers and folders that only this run uses."""
    gc.disable()  # until the database exists: garbage collection took a third of the time
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        for name in FOLDERS:
            os.environ[name] += f"-{worker}"
            Path(os.environ[name]).mkdir(mode=0o700, exist_ok=True)
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].replace("redis.sock", f"{worker}/redis.sock")
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # like Ctrl-C: the servers are ended
    temporary = tempfile.TemporaryDirectory(prefix="convoca-", dir="/tmp", ignore_cleanup_errors=True)
    early_config.add_cleanup(temporary.cleanup)
    folder = Path(temporary.name)
    folder.chmod(0o711)  # PostgreSQL may run as another user
    for name in FOLDERS:
        os.environ[name] = str(folder / name.lower())
        Path(os.environ[name]).mkdir(mode=0o700)
    os.environ["REDIS_URL"] = f"unix://{folder / 'redis.sock'}"
    if "DATABASE_URL" not in os.environ:
        postgres = Postgres(folder / "pg")
        postgres.start()
        early_config.add_cleanup(postgres.stop)
        early_config.stash[POSTGRES] = postgres
        schema.make(postgres, KEPT)
        os.environ["DATABASE_URL"] = postgres.url(schema.DATABASE)
        os.environ["TEMPLATE_DATABASE"] = schema.DATABASE
