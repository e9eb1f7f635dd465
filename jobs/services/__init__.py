"""What workers, the sweeper and the secretariat do to rows of background work."""

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
)
from jobs.services.sending import MailNotSent, bounce, deliver, release
from jobs.services.sweeping import repairs, sweep

__all__ = (
    "JobNotAbortable",
    "JobNotRetryable",
    "MailNotSent",
    "abort",
    "bounce",
    "deliver",
    "fail",
    "give_up",
    "job_models",
    "oldest_waiting",
    "release",
    "repairs",
    "retry",
    "rows_of",
    "sweep",
)
