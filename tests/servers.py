"""The tests' own servers: PostgreSQL, Redis and a mail server, separate from all others on the machine."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

import stack

# With these settings, data survive a killed server, but not a crash of the machine, which no test simulates.
FAST = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "2GB", "autovacuum": "off"}
SEALED = {"listen_addresses": "", "dynamic_shared_memory_type": "mmap"}  # the server uses only its folder


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listened just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Postgres:
    """A PostgreSQL that listens only on a Unix socket in `folder`. Its superuser is the user who runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.user = getpass.getuser()
        self.service: stack.Service | None = None
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
        options = f"--auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync --username={self.user}"
        command = [*as_postgres(), postgres_program("initdb"), *options.split(), str(self.data)]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode:
            raise stack.Stopped(f"initdb failed.\n{done.stdout}{done.stderr}")

    def url(self, database: str) -> str:
        """Return the DATABASE_URL of one of its databases."""
        return f"postgres:///{self.folder}/{database}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = FAST | SEALED | {"unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [*as_postgres(), postgres_program("postgres"), "-D", str(self.data), *options]
        log = self.folder.with_suffix(".log")
        self.service = stack.Service("postgres", command, env=dict(os.environ), log=log)
        stack.wait_until(self.answers, self.service, 30)

    def answers(self) -> bool:
        """Return True if the server accepts connections."""
        with suppress(psycopg.OperationalError):
            psycopg.connect(f"host={self.folder} user={self.user} dbname=postgres connect_timeout=2").close()
            return True
        return False

    def kill(self) -> None:
        """Kill all its processes at once; committed data are kept."""
        if self.service:
            backends = children(self.service)
            self.service.kill()
            for pid in backends:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            # They hold shared memory that the next server needs.
            eventually(lambda: not any(map(is_alive, backends)))
            self.service = None

    def stop(self) -> None:
        """Stop it in PostgreSQL's fast mode: connections are closed, committed data are kept."""
        if self.service:
            self.service.process.send_signal(signal.SIGINT)
            self.service.end()
            self.service = None


def as_postgres() -> list[str]:
    """Return the prefix of a command with which root runs it as the user postgres; [] for other users."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    ids = f"--reuid={user.pw_uid} --regid={user.pw_gid} --clear-groups"
    return ["setpriv", *ids.split(), "--pdeathsig=INT", "--"]


def postgres_program(name: str) -> str:
    """Return the path of a program of the newest PostgreSQL. On Debian, these programs are not on PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if not program:
        raise stack.Stopped(f"{name} of PostgreSQL was not found; bin/setup test installs it.")
    return program


class Redis:
    """The tests' own Redis, on a Unix socket."""

    def __init__(self, address: Path) -> None:
        self.address = address
        self.service: stack.Service | None = None

    def start(self) -> None:
        """Start it with the data that it had when it was stopped, and wait until it answers."""
        folder = self.address.with_name("redis")
        log = self.address.with_name("redis.log")
        self.service = stack.start_redis(self.address, folder, env=dict(os.environ), log=log)

    def stop(self) -> None:
        """Stop it. It can be started again."""
        if self.service:
            self.service.end()
            self.service = None

    def kill(self) -> None:
        """Kill it and delete its data."""
        if self.service:
            self.service.kill()
            self.service = None
        shutil.rmtree(self.address.with_name("redis"))


class Mailbox:
    """The messages that the tests' mail server has received, the oldest first."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal = ""  # an SMTP answer such as "550 No such person", given to every message
        self.unknown: set[str] = set()  # addresses that it refuses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusal:
            return self.refusal
        content = envelope.original_content or b""
        self.messages.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return "250 Accepted"

    def empty(self) -> None:
        """Delete all messages, and accept all mail again."""
        self.messages.clear()
        self.unknown.clear()
        self.refusal = ""

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages to one address, the oldest first."""
        return [message for message in self.messages if address in str(message["To"])]


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    """Run a mail server; yield its mailbox and its EMAIL_URL."""
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{server.port}"
    finally:
        server.stop()


def children(service: stack.Service) -> list[int]:
    """Return the process ids of the direct children of a program."""
    pid = service.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    """Return True if the process runs. A zombie does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def eventually(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait until the condition is true. Fail the test after this number of seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"Not within {seconds} seconds.")
        time.sleep(0.05)
