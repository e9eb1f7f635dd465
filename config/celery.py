"""Celery: the engine that rings. Each setting has its reason; the work itself lives in the database."""

import os
import resource

from celery import Celery
from celery.signals import task_prerun, worker_init, worker_process_init
from django.conf import settings
from django.db import close_old_connections
from django.urls import reverse

from config import broker
from jobs.presence import Presence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

VISIBILITY = max(300, 2 * max(limits["hard"] for limits in settings.JOB_LIMITS.values()))
SOON = {"interval_start": 0, "interval_step": 0.2, "interval_max": 0.5}  # seconds between tries
TRANSPORT = {
    "visibility_timeout": VISIBILITY,  # above the longest hard limit, or a long task would run twice
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,  # kombu looks every 100 s otherwise
    "socket_timeout": 5,
    "socket_connect_timeout": 5,  # a hung Redis must not hang a web request
    "socket_keepalive": True,
    "retry_on_timeout": True,
    "health_check_interval": 30,
    "max_retries": 3,
    **SOON,  # kombu waits two, then four seconds otherwise: the sweeper stood still with Redis away
}


def broker_address(redis_url: str) -> str:
    """Celery's spelling of our Redis address, database 0."""
    if redis_url.startswith("unix://"):
        return redis_url.replace("unix://", "redis+socket://", 1) + "?virtual_host=0"
    return f"{redis_url}/0"


broker.install()
app = Celery("convoca", amqp="config.broker:AMQP")
app.conf.update(
    broker_url=broker_address(settings.REDIS_URL),
    broker_transport_options=TRANSPORT,
    visibility_timeout=VISIBILITY,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a worker waits for Redis as long as it takes
    worker_cancel_long_running_tasks_on_connection_loss=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_publish_retry_policy={"max_retries": 2, **SOON},
    worker_prefetch_multiplier=1,  # a dying worker hoards no messages
    worker_max_tasks_per_child=1000,
    worker_max_memory_per_child=400_000,  # kB, looked at after a task; RLIMIT_AS below stops the task itself
    CELERY_DB_REUSE_MAX=1000,  # tasks; for each Celery would connect anew, which takes longer than its queries
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,  # a worker is ended by signals; nobody commands it through Redis
)
app.steps["consumer"].add(Presence)
app.autodiscover_tasks()


@worker_init.connect
def warm(**_kwargs: object) -> None:
    """Load fonts, style sheets and addresses once in the parent of workers that render, for all its children."""
    if not {"letters", "bulk"} & app.amqp.queues.consume_from.keys():
        return
    from documents import rendering  # noqa: PLC0415  the web server reads this module too, and never renders

    reverse("events:home")  # loads every view: the address of an event stands on its documents
    rendering.warm()


@worker_process_init.connect
def bound_memory(**_kwargs: object) -> None:
    """A document that eats memory ends with an error instead of taking the machine along."""
    limit = settings.WORKER_MEMORY * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


@task_prerun.connect
def mend_connection(**_kwargs: object) -> None:
    """The connection of the task before is used again, once it was seen to work; as between two requests."""
    close_old_connections()
