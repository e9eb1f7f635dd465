"""The operations that workers, the sweeper and the secretariat perform on background work."""

from jobs.services.bouncing import MailNotSent, bounce, read_report
from jobs.services.health import (
    Health,
    Queue,
    checks,
    get_health,
    get_health_reasons,
    latest_failures,
    longest_waiting,
)
from jobs.services.rows import (
    JobNotAbortable,
    JobNotRetryable,
    abort,
    end_killed,
    fail,
    job_models,
    oldest_waiting,
    postpone,
    retry,
    rows_of,
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
    "end_killed",
    "fail",
    "get_health",
    "get_health_reasons",
    "job_models",
    "latest_failures",
    "longest_waiting",
    "oldest_waiting",
    "postpone",
    "read_report",
    "release",
    "repairs",
    "retry",
    "rows_of",
    "sweep",
)
