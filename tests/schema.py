"""The test database. Its migrated tables are kept as a dump: migrating takes ten seconds, loading the dump one."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import stack
from tests.servers import Postgres, postgres_program

DATABASE = "convoca"  # each test process has a copy of it


def make(postgres: Postgres, kept: Path) -> None:
    """Create the database with its tables, from the dump of an earlier run with the same migrations if there is one."""
    kept.mkdir(parents=True, exist_ok=True)
    dump = kept / f"{state()}.sql"
    _run(postgres, "createdb", DATABASE)
    if dump.exists():
        _run(postgres, "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}", DATABASE)
        return
    env = dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": postgres.url(DATABASE),
    }
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=stack.ROOT, env=env, check=True)
    unfinished = dump.with_suffix(f".{os.getpid()}")
    _run(postgres, "pg_dump", f"--file={unfinished}", DATABASE)
    unfinished.replace(dump)


def state() -> str:
    """Return a hash of our migrations and of the versions of the other packages, which also have migrations."""
    digest = hashlib.sha256()
    for file in (stack.ROOT / "requirements.txt", *sorted(stack.ROOT.glob("*/migrations/*.py"))):
        digest.update(bytes(file.relative_to(stack.ROOT)) + file.read_bytes())
    return digest.hexdigest()


def _run(postgres: Postgres, program: str, *arguments: str) -> None:
    address = [f"--host={postgres.folder}", f"--username={postgres.user}"]
    command = [postgres_program(program), *address, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
