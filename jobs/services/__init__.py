"""The operations that workers, the sweeper and the secretariat perform on background work."""

from jobs.services.bouncing import MailNotSent, bounce, read_report
from jobs.services.health import Health, Queue, checks, examine, failures, glance, longest_waiting
from jobs.services.rows import (
    JobNotAbortable,
    JobNotRetryable,
    abort,
    fail,
    give_up,
    job_models,
    oldest_waiting,
    retry,
    rows_of,
    wait,
)
from jobs.services.sending import deliver, release
from jobs.services.sweeping import chores, do_chores, repairs, sweep

__all__ = (
    "Health",
    "JobNotAbortable",
    "JobNotRetryable",
    "MailNotSent",
    "Queue",
    "abort",
    "bounce",
    "checks",
    "chores",
    "deliver",
    "do_chores",
    "examine",
    "fail",
    "failures",
    "give_up",
    "glance",
    "job_models",
    "longest_waiting",
    "oldest_waiting",
    "read_report",
    "release",
    "repairs",
    "retry",
    "rows_of",
    "sweep",
    "wait",
)
