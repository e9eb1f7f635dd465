"""Count the results of letters and mails, and check the rules that must hold after every fault."""

import hashlib
from collections import Counter
from dataclasses import astuple, dataclass
from email.message import EmailMessage

import pytest
from django.db.models import Q

from documents import store
from documents.models import Batch, Document
from jobs.models import OutgoingMail, State
from jobs.services import job_models, rows_of

ENDED = (State.DONE, State.FAILED, State.CANCELLED)


@dataclass(frozen=True)
class Results:
    """The results of a scenario.

    Letters: right, or failed with a reason. Mails: sent, in doubt or refused. Received messages: twice the same
    Message-ID, or wrong. Rows of any kind: stuck, or failed without a reason.
    """

    right: int
    failed: int
    sent: int
    in_doubt: int
    refused: int
    twice: int
    wrong: int
    stuck: int


def count_results(received: list[EmailMessage]) -> Results:
    """Return the sums of all rows and of the messages that the mail server received."""
    mails = Counter(OutgoingMail.objects.exclude(state=State.DRAFT).values_list("state", flat=True))
    came = Counter(str(message["Message-ID"]) for message in received)
    return Results(
        right=count_right(),
        failed=Document.objects.filter(state__in=[State.FAILED, State.CANCELLED])
        .exclude(error_code="")
        .count(),
        sent=mails[State.DONE],
        in_doubt=mails[State.IN_DOUBT],
        refused=mails[State.FAILED],
        twice=came.total() - len(came),
        wrong=count_wrong(received),
        stuck=count_stuck(),
    )


def count_right() -> int:
    """Count the letters that are done, in force and complete: each has its own file with the hash of its row."""
    made = Document.objects.filter(state=State.DONE, validity=Document.Validity.VALID, pages__gt=0)
    files = dict(made.values_list("file_sha256", "size"))
    return sum(is_whole(sha256, size) for sha256, size in files.items())


def is_whole(sha256: str, size: int) -> bool:
    file = store.path(sha256)
    content = file.read_bytes() if file.is_file() else b""
    return len(content) == size and hashlib.sha256(content).hexdigest() == sha256


def count_stuck() -> int:
    """Count the rows that still wait or run, or that failed without a reason."""
    silent = Q(state=State.FAILED, error_code="", error_text="")
    ended = Q(state__in=[*ENDED, State.IN_DOUBT, State.DRAFT])
    return sum(rows_of(model).filter(~ended | silent).count() for model in job_models())


def count_wrong(received: list[EmailMessage]) -> int:
    """Count the messages without a sent row or with wrong content, and the mails marked as sent that never came."""
    came = {str(message["Message-ID"]) for message in received}
    left = {
        mail.message_id: mail for mail in OutgoingMail.objects.filter(state__in=[State.DONE, State.IN_DOUBT])
    }
    missing = [name for name, mail in left.items() if mail.state == State.DONE and name not in came]
    return len(missing) + sum(
        not is_as_written(message, left.get(str(message["Message-ID"]))) for message in received
    )


def is_as_written(message: EmailMessage, mail: OutgoingMail | None) -> bool:
    """Return True if the message has the row's addressee and the row's files."""
    if mail is None or mail.to not in str(message["To"]):
        return False
    contents = [part.get_payload(decode=True) for part in message.iter_attachments()]
    hashes = [hashlib.sha256(content).hexdigest() for content in contents]  # type: ignore[arg-type]
    return hashes == [file["sha256"] for file in mail.attachments]


def assert_nothing_is_lost(
    sums: Results, *, letters: int, failed: int = 0, mails: int, refused: int = 0
) -> None:
    """Assert that all letters except `failed` are right, all mails sent, in doubt or refused, and no row is stuck."""
    sent = mails - sums.in_doubt - refused
    expected = Results(letters - failed, failed, sent, sums.in_doubt, refused, twice=0, wrong=0, stuck=0)
    if sums != expected:
        pytest.fail(f"{sums} instead of {expected}: {unfinished()}")


def unfinished() -> list[tuple[object, ...]]:
    """Return the rows that are not done, for the message of a failed test."""
    lines = []
    for model in (Batch, Document, OutgoingMail):
        rows = rows_of(model).exclude(state=State.DONE)
        lines += rows.values_list("pk", "state", "errors", "deaths", "error_code", "error_text")[:20]
    return lines


COLUMNS = ("done", "failed", "sent", "in doubt", "refused", "twice", "wrong", "stuck", "seconds", "limit")
HEAD = f"{'':38}{'letters':>18}{'mails':>27}\n{'scenario':38}" + "".join(f"{name:>9}" for name in COLUMNS)


def table_row(scenario: str, sums: Results, seconds: float, limit: float) -> str:
    """Return one row of the table."""
    return f"{scenario:38}" + "".join(f"{number:9.0f}" for number in (*astuple(sums), seconds, limit))
