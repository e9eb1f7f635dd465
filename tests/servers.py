"""Servers that the tests start for themselves: PostgreSQL, Redis and a mail server, away from all others."""

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

# Safe against a killed server, which keeps what it wrote; not against a lost machine, which no test plays.
FAST = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "2GB", "autovacuum": "off"}
SEALED = {"listen_addresses": "", "dynamic_shared_memory_type": "mmap"}  # nothing outside its folder


def free_port() -> int:
    """A port of the loopback that nothing listened on a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Postgres:
    """A PostgreSQL reachable by its Unix socket in `folder` alone; its superuser is who runs the tests."""

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
        """DATABASE_URL of one of its databases."""
        return f"postgres:///{self.folder}/{database}"

    def start(self) -> None:
        """Return when it answers."""
        settings = FAST | SEALED | {"unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [*as_postgres(), postgres_program("postgres"), "-D", str(self.data), *options]
        log = self.folder.with_suffix(".log")
        self.service = stack.Service("postgres", command, env=dict(os.environ), log=log)
        stack.wait_until(self.answers, self.service, 30)

    def answers(self) -> bool:
        """True when it takes connections."""
        with suppress(psycopg.OperationalError):
            psycopg.connect(f"host={self.folder} user={self.user} dbname=postgres connect_timeout=2").close()
            return True
        return False

    def kill(self) -> None:
        """Lose it in one moment, as with its machine: what was committed stays."""
        if self.service:
            backends = children(self.service)
            self.service.kill()
            for pid in backends:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            eventually(
                lambda: not any(map(is_alive, backends))
            )  # they hold the memory that the next one wants
            self.service = None

    def stop(self) -> None:
        """End it as an administrator in a hurry would: connections are cut, what was committed stays."""
        if self.service:
            self.service.process.send_signal(signal.SIGINT)
            self.service.end()
            self.service = None


def as_postgres() -> list[str]:
    """What to put before a command so that root runs it as the user postgres."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    ids = f"--reuid={user.pw_uid} --regid={user.pw_gid} --clear-groups"
    return ["setpriv", *ids.split(), "--pdeathsig=INT", "--"]


def postgres_program(name: str) -> str:
    """The path of a program of the newest PostgreSQL here; Debian keeps them off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if not program:
        raise stack.Stopped(f"{name} of PostgreSQL was not found; bin/setup test installs it.")
    return program


class Redis:
    """A Redis of our own on a Unix socket."""

    def __init__(self, address: Path) -> None:
        self.address = address
        self.service: stack.Service | None = None

    def start(self) -> None:
        """Return when it answers; what it held when it was stopped is back."""
        folder = self.address.with_name("redis")
        log = self.address.with_name("redis.log")
        self.service = stack.start_redis(self.address, folder, env=dict(os.environ), log=log)

    def stop(self) -> None:
        """End it; it can be started again."""
        if self.service:
            self.service.end()
            self.service = None

    def kill(self) -> None:
        """Lose it, and everything that it held, in one moment."""
        if self.service:
            self.service.kill()
            self.service = None
        shutil.rmtree(self.address.with_name("redis"))


class Mailbox:
    """What a mail server of our own received, oldest first."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal = ""  # an SMTP answer such as "550 No such person", given to every message
        self.unknown: set[str] = set()  # addresses that it does not know

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
        """Forget what came, and take what comes."""
        self.messages.clear()
        self.unknown.clear()
        self.refusal = ""

    def to(self, address: str) -> list[EmailMessage]:
        """The messages to one address, oldest first."""
        return [message for message in self.messages if address in str(message["To"])]


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    """A mailbox and the EMAIL_URL that leads to it."""
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{server.port}"
    finally:
        server.stop()


def children(service: stack.Service) -> list[int]:
    """The process ids of the programs that a program has started itself."""
    pid = service.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def eventually(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Return as soon as the condition holds; fail when it does not within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"Not within {seconds} seconds.")
        time.sleep(0.05)
