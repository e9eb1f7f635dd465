"""Start the programs of a site on one machine in order, watch them, and end them together.

honcho is not used: it cannot wait for one program before it starts the next, run a command in between or be used by a
test; and it prints whole lines, which breaks a progress bar.
"""

import fcntl
import hashlib
import http.client
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Self

import environ

ROOT = Path(__file__).resolve().parent.parent
GRACE = 20.0  # seconds between SIGTERM and SIGKILL; unfinished work stays in the database
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C; make or systemd; the terminal was closed
SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 107

# Redis listens only on its socket, keeps its data on disk and never drops a message when memory is full.
REDIS = shlex.split(
    "redis-server --port 0 --unixsocketperm 600 --appendonly yes --save '' --maxmemory-policy noeviction"
)
WORKER = shlex.split("-m celery -A config worker -l INFO --without-gossip --without-mingle")
# There is no access log: the token of a personal link is a password and would be in it.
WEB = shlex.split(
    "-m gunicorn config.wsgi --worker-class gthread --workers 2 --threads 4 --no-control-socket"
)


class Stopped(Exception):
    """The site cannot run. The message is a sentence for the person at the terminal."""


class Service:
    """A program in its own process group. It ends when the process that started it ends."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        env: dict[str, str],
        log: Path | None = None,
        pass_fds: tuple[int, ...] = (),
    ) -> None:
        self.name, self.log = name, log
        output = log.open("ab") if log else None
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            pass_fds=pass_fds,
            start_new_session=True,
        )
        if output:
            output.close()

    def is_running(self) -> bool:
        """Return True until the program has ended."""
        return self.process.poll() is None

    def last_lines(self) -> str:
        """Return the last lines of the program's log for an error message; "" if it writes to the terminal."""
        if not self.log:
            return ""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        return "\n".join([f"The end of {self.log}:", *lines])

    def ask_to_end(self) -> None:
        """Send SIGTERM to the program only, so that it can finish its work and end its own children."""
        if self.is_running():
            self.process.terminate()

    def end(self, grace: float = GRACE) -> int:
        """Ask the program to end, wait at most `grace` seconds, kill its whole group, and return the exit code."""
        self.ask_to_end()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(grace)
        return self.kill()

    def kill(self) -> int:
        """Send SIGKILL to the whole group and return the exit code."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        return self.process.wait()


def wait_until(ready: Callable[[], bool], service: Service, seconds: float = 60) -> None:
    """Wait until `ready` returns True. If the service ends or the time is over, kill it and raise Stopped."""
    deadline = time.monotonic() + seconds
    try:
        while not ready():
            if not service.is_running():
                raise Stopped(f"{service.name} ended while starting. {service.last_lines()}")
            if time.monotonic() > deadline:
                raise Stopped(f"{service.name} does not answer after {seconds:.0f} s. {service.last_lines()}")
            time.sleep(0.05)
    except BaseException:
        service.kill()
        raise


def start_redis(address: Path, folder: Path, *, env: dict[str, str], log: Path | None = None) -> Service:
    """Start Redis at this socket with the data in the folder, and return it when it answers. Raises Stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [*REDIS, "--unixsocket", str(address), "--dir", str(folder)]
    redis = Service("redis", command, env=env, log=log)
    wait_until(lambda: redis_answers(address), redis, 20)
    return redis


def redis_answers(address: Path) -> bool:
    """Return True if the Redis at this socket accepts commands, which it does not while it loads its data."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def start_worker(
    name: str, queues: str, *, concurrency: int, env: dict[str, str], log: Path | None = None
) -> Service:
    """Start a Celery worker for these queues. At SIGTERM it finishes its current jobs and takes no others."""
    command = [sys.executable, *WORKER, "-n", f"{name}@%h", "-Q", queues, "-c", str(concurrency)]
    return Service(f"worker {name}", command, env=env, log=log)


def start_sweeper(*, env: dict[str, str], log: Path | None = None) -> Service:
    """Start the sweeper, which notifies the workers of rows that wait."""
    return Service("sweeper", [sys.executable, "manage.py", "sweep"], env=env, log=log)


def start_web(port: int, *, env: dict[str, str], log: Path | None = None) -> tuple[Service, str]:
    """Start the web server, and return it with its address when it answers. Port 0 selects a free port.

    The socket is bound here and passed to the server, so no other server can answer there. Raises Stopped.
    """
    with listener(port) as socket_:
        host, port = socket_.getsockname()
        command = [sys.executable, *WEB, "--bind", f"fd://{socket_.fileno()}"]
        web = Service("web", command, env=env, log=log, pass_fds=(socket_.fileno(),))
    wait_until(lambda: web_answers(host, port), web)
    return web, f"http://{host}:{port}"


def listener(port: int) -> socket.socket:
    """Return a listening socket on 127.0.0.1. Raises Stopped if another program uses the port."""
    try:
        return socket.create_server(("127.0.0.1", port), backlog=128)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise Stopped(f"Port {port} cannot be used: {reason}. Choose another: PORT=8123") from error


def web_answers(host: str, port: int) -> bool:
    """Return True if /health/ answers, even with "not ok": jobs may still wait from the last run."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().getheader("Content-Type") == "application/json"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Site:
    """Redis, workers, sweeper and web server with the data in a folder. They end with the `with` block."""

    def __init__(self, port: int, *, var: Path = ROOT / "var", logs: Path | None = None) -> None:
        self.port, self.var, self.logs = port, var, logs
        self.services: list[Service] = []

    def __enter__(self) -> Self:
        for number in ENDINGS:
            signal.signal(number, signal.default_int_handler)
        self.var.mkdir(parents=True, exist_ok=True)
        self.var.chmod(0o700)  # it contains the database, mails with sign-in codes and people's documents
        with ExitStack() as undo:
            self.lock = undo.enter_context(lock_folder(self.var))
            listener(self.port).close()  # fails early if the port is in use, before the database is changed
            self.redis_address = redis_address(self.var, undo)
            self.env = environment(self.var, self.port, self.redis_address)
            self.undo = undo.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        redis, others = self.services[:1], self.services[1:]
        for service in others:
            service.ask_to_end()
        for service in [*others, *redis]:  # Redis last: the workers return messages that they have not begun
            service.end()
        self.undo.close()

    def manage(self, *arguments: str) -> int:
        """Run a management command while the services run, and return its exit code. Raises Stopped."""
        command = Service("manage.py", [sys.executable, "manage.py", *arguments], env=self.env)
        try:
            while command.is_running():
                self.check()
                time.sleep(0.1)
        finally:
            code = command.end(grace=5)
        return code

    def prepare(self) -> None:
        """Bring the database and the static files up to date. Raises Stopped."""
        print("Preparing the database", flush=True)
        self.require("migrate", "--verbosity", "0")
        state, stamp = static_state(), ROOT / self.env["STATIC_ROOT"] / "state.txt"
        if not stamp.exists() or stamp.read_text(encoding="ascii") != state:
            print("Compressing the static files", flush=True)
            self.require("collectstatic", "--no-input", "--verbosity", "0")
            stamp.write_text(state, encoding="ascii")

    def require(self, *arguments: str) -> None:
        """Run a management command that must succeed. Raises Stopped."""
        if self.manage(*arguments):
            raise Stopped(f"manage.py {arguments[0]} failed: see above.")

    def start(self) -> str:
        """Start all services, and return the site's address when it answers. Raises Stopped."""
        print("Starting Redis, the workers, the sweeper and the web server", flush=True)
        env, log, cores = self.env, self.log, os.cpu_count() or 1
        start = self.services.append
        start(start_redis(self.redis_address, self.var / "redis", env=env, log=log("redis")))
        start(start_worker("letters", "letters,bulk", concurrency=cores, env=env, log=log("worker-letters")))
        start(start_worker("mail", "mail,mailings", concurrency=1, env=env, log=log("worker-mail")))
        start(start_sweeper(env=env, log=log("sweeper")))
        web, address = start_web(self.port, env=env, log=log("web"))
        start(web)
        return address

    def log(self, name: str) -> Path | None:
        """Return the log file of a service, or None if it writes to the terminal."""
        if not self.logs:
            return None
        self.logs.mkdir(parents=True, exist_ok=True)
        return self.logs / f"{name}.log"

    def check(self) -> None:
        """Raises Stopped if a service has ended by itself."""
        for service in self.services:
            if not service.is_running():
                code = service.process.returncode
                raise Stopped(f"{service.name} ended by itself (exit code {code}). {service.last_lines()}")

    def watch(self) -> None:
        """Wait until the process is interrupted. Raises Stopped if a service ends before that."""
        while True:
            self.check()
            time.sleep(0.5)


def lock_folder(var: Path) -> IO[str]:
    """Lock the folder and return the lock file; closing it unlocks. Raises Stopped if another site uses the folder."""
    lock = (var / "run.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise Stopped(f"Convoca already runs on {var}: end process {lock.read()} first.") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def redis_address(var: Path, undo: ExitStack) -> Path:
    """Return the path of Redis's socket: in the folder, or in a temporary one if the path is too long."""
    address = var / "redis.sock"
    if len(os.fsencode(address)) <= SOCKET_PATH_LIMIT:
        return address
    return Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="convoca-")), "redis.sock")


def environment(var: Path, port: int, redis: Path) -> dict[str, str]:
    """Return the environment of all services: this process's, then .env, the generated secrets, the defaults."""
    environ.Env.read_env(ROOT / ".env")
    defaults = {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "STATIC_ROOT": str(var / "static"),
    }
    return defaults | generated_secrets(var) | os.environ | {"REDIS_URL": f"unix://{redis}"}


def generated_secrets(var: Path) -> dict[str, str]:
    """Return SECRET_KEY and LINK_KEY of this folder. They are generated once; only the owner can read the file."""
    file = var / "secrets.env"
    if not file.exists():
        lines = [f"{name}={secrets.token_urlsafe(48)}\n" for name in ("SECRET_KEY", "LINK_KEY")]
        with open(file, "w", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as new:
            new.writelines(lines)
    return dict(line.split("=", 1) for line in file.read_text(encoding="ascii").splitlines())


def static_state() -> str:
    """Return a hash of the static files' sources. It avoids collectstatic, the slowest step, if nothing changed."""
    digest = hashlib.sha256()
    for file in (ROOT / "requirements.txt", *sorted((ROOT / "static").rglob("*"))):
        if file.is_file():
            digest.update(bytes(file) + file.read_bytes())
    return digest.hexdigest()


def chosen_port() -> int:
    """Return PORT from the environment, or 8000. Raises Stopped if it is not a valid port."""
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise Stopped(f"PORT must be a number from 1 to 65535, not “{value}”.")
    return int(value)
