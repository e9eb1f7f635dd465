"""Live tests with real workers, web servers and Redis, which the tests may kill."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

import stack
from tests import servers

# Limits in seconds instead of minutes, so that leases end during a test.
SHORT = {
    f"{queue}_{name}": str(seconds)
    for queue in ("LETTERS", "BULK", "MAIL", "MAILINGS")
    for name, seconds in (("SOFT_LIMIT", 8), ("HARD_LIMIT", 9), ("LEASE", 10))
} | {"JOB_RETRY_BASE": "1", "SWEEP_INTERVAL": "1"}


@pytest.fixture(autouse=True)
def committed_data(transactional_db: None) -> None:
    """Commit the test's data, so that other programs see them; they are deleted afterwards."""


@pytest.fixture
def environment(program_environment: dict[str, str]) -> dict[str, str]:
    """The environment of the programs, with short limits and leases."""
    return program_environment | SHORT


@pytest.fixture
def redis(redis_server: servers.Redis) -> Iterator[servers.Redis]:
    """A running, empty Redis."""
    redis_server.start()
    yield redis_server
    redis_server.kill()


@pytest.fixture
def ended_afterwards() -> Iterator[Callable[[stack.Service], stack.Service]]:
    """Register a program that is killed after the test."""
    with ExitStack() as programs:

        def register(program: stack.Service) -> stack.Service:
            programs.callback(program.kill)
            return program

        yield register


@pytest.fixture
def worker(
    environment: dict[str, str],
    tmp_path: Path,
    ended_afterwards: Callable[[stack.Service], stack.Service],
) -> Callable[..., stack.Service]:
    """Start a Celery worker and return it when it is ready; worker(LETTERS_LEASE="5") changes a setting."""
    numbers = count(1)

    def start(
        queues: str = "letters,bulk,mail,mailings", concurrency: int = 2, **variables: str
    ) -> stack.Service:
        name = f"live{next(numbers)}"
        log = tmp_path / f"{name}.log"
        env = environment | variables
        program = stack.start_worker(name, queues, concurrency=concurrency, env=env, log=log)
        ended_afterwards(program)
        stack.wait_until(lambda: " ready." in log.read_text(encoding="utf-8"), program)
        return program

    return start


@pytest.fixture
def sweeper(
    environment: dict[str, str],
    tmp_path: Path,
    ended_afterwards: Callable[[stack.Service], stack.Service],
) -> Callable[..., stack.Service]:
    """Start the sweeper."""

    def start(**variables: str) -> stack.Service:
        log = tmp_path / "sweeper.log"
        return ended_afterwards(stack.start_sweeper(env=environment | variables, log=log))

    return start


@pytest.fixture
def site(
    environment: dict[str, str],
    tmp_path: Path,
    ended_afterwards: Callable[[stack.Service], stack.Service],
) -> Callable[..., str]:
    """Start a web server and return its address when it answers."""

    def start(**variables: str) -> str:
        port = servers.free_port()
        env = environment | {"SITE_URL": f"http://127.0.0.1:{port}"} | variables
        program, address = stack.start_web(port, env=env, log=tmp_path / "web.log")
        ended_afterwards(program)
        return address

    return start
