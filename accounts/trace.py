"""The reference number of the current request, used in the log, the audit trail and error pages."""

import logging
import re
import secrets
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no letters that people confuse


_PERSONAL_LINK = re.compile(r"(?<=/invitation/)[^/\s]{20,}")  # a token, even with typing errors
# PostgreSQL quotes the row that it refuses, which can contain names or passport numbers.
_STORED_ROW = re.compile(r"(Failing row contains|DETAIL:  Key) \(.*?\)\.?(?=\n|$)", re.DOTALL)


def new_reference() -> str:
    """Return ten random characters that a person can read aloud."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


class TraceFilter(logging.Filter):
    """Adds the request's reference number to each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)  # Django logs a refused request after the middleware
        record.request_id = request_id.get() or getattr(request, "reference", "-")
        return True


class LineFormatter(logging.Formatter):
    """Formats a log line and removes the token of a personal link, which is a password, and the content of rows."""

    def format(self, record: logging.LogRecord) -> str:
        line = _PERSONAL_LINK.sub("[personal link]", super().format(record))
        return _STORED_ROW.sub(r"\1 [row]", line)
