"""The Celery app. Celery only tells workers that rows wait; the jobs themselves are rows in the database."""

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
SOON = {"interval_start": 0, "interval_step": 0.2, "interval_max": 0.5}  # seconds between attempts
TRANSPORT = {
    "visibility_timeout": VISIBILITY,  # must exceed the longest hard limit, or a long task would run twice
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,  # kombu's default checks only every 100 s
    "socket_timeout": 5,
    "socket_connect_timeout": 5,  # a Redis that hangs must not block a web request
    "socket_keepalive": True,
    "retry_on_timeout": True,
    "health_check_interval": 30,
    "max_retries": 3,
    **SOON,  # kombu's default waits 2 s, then 4 s, which blocks the sweeper while Redis cannot be reached
}


def broker_address(redis_url: str) -> str:
    """Return the address of our Redis, database 0, in the form that Celery expects."""
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
    broker_connection_max_retries=None,  # a worker waits for Redis without limit
    worker_cancel_long_running_tasks_on_connection_loss=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_publish_retry_policy={"max_retries": 2, **SOON},
    worker_prefetch_multiplier=1,  # a worker that dies holds as few messages as possible
    worker_max_tasks_per_child=1000,
    worker_max_memory_per_child=400_000,  # kB, checked after each task; RLIMIT_AS below limits a running task
    CELERY_DB_REUSE_MAX=1000,  # tasks per connection; connecting for each task takes longer than its queries
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,  # workers are stopped by signals only, not by commands through Redis
)
app.steps["consumer"].add(Presence)
app.autodiscover_tasks()


@worker_init.connect
def preload_renderer(**_kwargs: object) -> None:
    """Load fonts, style sheets and URLs once in the main process of a worker that renders, for all its processes."""
    if not {"letters", "bulk"} & app.amqp.queues.consume_from.keys():
        return
    from documents import rendering  # noqa: PLC0415  the web server imports this module too, but never renders

    reverse("events:home")  # loads all views: documents show the URL of their event
    rendering.warm_up()


@worker_process_init.connect
def bound_memory(**_kwargs: object) -> None:
    """Limit the memory of each process: a document that needs too much fails, and the machine keeps working."""
    limit = settings.WORKER_MEMORY * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


@task_prerun.connect
def mend_connection(**_kwargs: object) -> None:
    """Close a broken or expired database connection before the next task uses it, as Django does for requests."""
    close_old_connections()
