"""The workers and the sweeper, which the tests kill and start again."""

import os
import signal
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

import stack

QUICK = {
    "JOB_RETRY_BASE": "1",
    "SWEEP_INTERVAL": "1",
    "MAIL_PER_MINUTE": "100000",
    "MAIL_PER_DOMAIN_PER_MINUTE": "100000",
}


def limits(soft: int, hard: int, lease: int) -> dict[str, str]:
    """Return short limits in seconds, so that leases end during a test. Planning 368 letters needs longer ones."""
    seconds = {"SOFT_LIMIT": soft, "HARD_LIMIT": hard, "LEASE": lease}
    of_letters = {
        f"{queue}_{name}": str(value)
        for queue in ("LETTERS", "MAIL", "MAILINGS")
        for name, value in seconds.items()
    }
    return of_letters | {"BULK_SOFT_LIMIT": "25", "BULK_HARD_LIMIT": "28", "BULK_LEASE": "30"}


SHORT = limits(soft=8, hard=9, lease=10)


class Worker(NamedTuple):
    """A worker to start: its queues, its number of processes, and additional environment variables."""

    queues: str
    processes: int = 1
    variables: dict[str, str] = {}


GROUP = (Worker("letters,bulk", 2), Worker("mail,mailings", 1))


class Programs:
    """A group of workers and a sweeper that run during the test."""

    def __init__(self, environment: dict[str, str], logs: Path, limits: dict[str, str] = SHORT) -> None:
        self.environment, self.logs = environment | QUICK | limits, logs
        self.workers: list[stack.Service] = []
        self.sweeper: stack.Service | None = None
        self._numbers = count(1)

    def start(self, *group: Worker) -> None:
        """Start the workers, and the sweeper if it does not run. Return when all workers are ready."""
        started = [self._start(worker) for worker in group or GROUP]
        self.workers += started
        for worker in started:
            log = worker.log
            stack.wait_until(lambda log=log: " ready." in log.read_text(encoding="utf-8"), worker)
        if self.sweeper is None:
            log = self.logs / "sweeper.log"
            self.sweeper = stack.start_sweeper(env=self.environment, log=log)

    def kill(self) -> None:
        """Send SIGKILL to all processes of all workers at once."""
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.killpg(worker.process.pid, signal.SIGKILL)
        for worker in self.workers:
            worker.process.wait()
        self.workers.clear()

    def end(self) -> None:
        """Send SIGTERM to the workers, as a deployment does, and wait until they have ended."""
        for worker in self.workers:
            worker.ask_to_end()
        for worker in self.workers:
            worker.process.wait(timeout=stack.GRACE)
        self.kill()

    def are_running(self) -> bool:
        """Return True if no program has ended by itself."""
        return all(program.is_running() for program in (*self.workers, *filter(None, [self.sweeper])))

    def close(self) -> None:
        """Kill all programs."""
        self.kill()
        if self.sweeper:
            self.sweeper.kill()
            self.sweeper = None

    def _start(self, worker: Worker) -> stack.Service:
        name = f"worker{next(self._numbers)}"
        return stack.start_worker(
            name,
            worker.queues,
            concurrency=worker.processes,
            env=self.environment | worker.variables,
            log=self.logs / f"{name}.log",
        )
