"""The reference number of the request being served: one for the log, the audit trail and an error page."""

import logging
import re
import secrets
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: nothing that is misread on the telephone


_PERSONAL_LINK = re.compile(r"(?<=/invitation/)[^/\s]{20,}")  # a token, also when mistyped
# What PostgreSQL quotes of a row that it refuses: names, passports, whatever it holds.
_STORED_ROW = re.compile(r"(Failing row contains|DETAIL:  Key) \(.*?\)\.?(?=\n|$)", re.DOTALL)


def new_reference() -> str:
    """Ten characters that a person can read out."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


class TraceFilter(logging.Filter):
    """Puts the request's reference number on each line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)  # Django logs refusals when the request has left us
        record.request_id = request_id.get() or getattr(request, "reference", "-")
        return True


class LineFormatter(logging.Formatter):
    """A line of the log, in which neither a personal link's token stands, which is a password, nor a row's content."""

    def format(self, record: logging.LogRecord) -> str:
        line = _PERSONAL_LINK.sub("[personal link]", super().format(record))
        return _STORED_ROW.sub(r"\1 [row]", line)
