"""manage.py check_jobs: show the health of background work to a monitor. The exit code is 1 if something is wrong."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from jobs import services
from jobs.services import Queue


class Command(BaseCommand):
    help = (
        "Show the queues and the workers. Ends with an error that gives the reasons when work does not go on."
    )

    def handle(self, *_args: str, **_options: object) -> None:
        try:
            health = services.get_health()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be reached: {type(error).__name__}.") from error
        for queue in health.queues:
            self.stdout.write(line(queue))
        for worker in health.workers or []:
            self.stdout.write(f"worker {worker.name} ({worker.processes}): {', '.join(worker.queues)}")
        if health.reasons:
            raise CommandError("\n".join(health.reasons))
        self.stdout.write("ok")


def line(queue: Queue) -> str:
    """Return one line about a queue: letters (Letters): 3 waiting since 10:02:11 UTC, 2 running, 0 later."""
    since = f" since {queue.oldest:%H:%M:%S} UTC" if queue.oldest else ""
    counts = f"{queue.waiting} waiting{since}, {queue.running} running, {queue.later} later"
    return f"{queue.name} ({queue.title}): {counts}"
