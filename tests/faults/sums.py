"""What became of all letters and mails, and the rules that hold whatever has happened to the programs."""

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
class Sums:
    """How many letters are right, or failed with their reason; what became of the mails; how many messages came with
    the Message-ID of an earlier one, or wrong; how many rows of any kind are stuck or ended without a reason."""

    right: int
    failed: int
    sent: int
    in_doubt: int
    refused: int
    twice: int
    wrong: int
    stuck: int


def add_up(received: list[EmailMessage]) -> Sums:
    """Of all rows there are, and of what the mail server received."""
    mails = Counter(OutgoingMail.objects.exclude(state=State.DRAFT).values_list("state", flat=True))
    came = Counter(str(message["Message-ID"]) for message in received)
    return Sums(
        right=right(),
        failed=Document.objects.filter(state__in=[State.FAILED, State.CANCELLED])
        .exclude(error_code="")
        .count(),
        sent=mails[State.DONE],
        in_doubt=mails[State.IN_DOUBT],
        refused=mails[State.FAILED],
        twice=came.total() - len(came),
        wrong=wrong(received),
        stuck=stuck(),
    )


def right() -> int:
    """Letters that are made, in force and whole: each has a file of its own whose bytes are those of the row."""
    made = Document.objects.filter(state=State.DONE, validity=Document.Validity.VALID, pages__gt=0)
    files = dict(made.values_list("file_sha256", "size"))
    return sum(is_whole(sha256, size) for sha256, size in files.items())


def is_whole(sha256: str, size: int) -> bool:
    file = store.path(sha256)
    content = file.read_bytes() if file.is_file() else b""
    return len(content) == size and hashlib.sha256(content).hexdigest() == sha256


def stuck() -> int:
    """Rows that still wait or run, or that failed and say no reason."""
    silent = Q(state=State.FAILED, error_code="", error_text="")
    ended = Q(state__in=[*ENDED, State.IN_DOUBT, State.DRAFT])
    return sum(rows_of(model).filter(~ended | silent).count() for model in job_models())


def wrong(received: list[EmailMessage]) -> int:
    """Messages without a row that may have sent them, or not whole; and mails that are called sent but never came."""
    came = {str(message["Message-ID"]) for message in received}
    left = {
        mail.message_id: mail for mail in OutgoingMail.objects.filter(state__in=[State.DONE, State.IN_DOUBT])
    }
    missing = [name for name, mail in left.items() if mail.state == State.DONE and name not in came]
    return len(missing) + sum(
        not is_as_written(message, left.get(str(message["Message-ID"]))) for message in received
    )


def is_as_written(message: EmailMessage, mail: OutgoingMail | None) -> bool:
    """Whether it goes to whom the row says, with the row's files."""
    if mail is None or mail.to not in str(message["To"]):
        return False
    contents = [part.get_payload(decode=True) for part in message.iter_attachments()]
    hashes = [hashlib.sha256(content).hexdigest() for content in contents]  # type: ignore[arg-type]
    return hashes == [file["sha256"] for file in mail.attachments]


def assert_nothing_is_lost(
    sums: Sums, *, letters: int, failed: int = 0, mails: int, refused: int = 0
) -> None:
    """All letters right but those that must fail; every mail sent, in doubt or refused; none twice; no row stuck."""
    sent = mails - sums.in_doubt - refused
    expected = Sums(letters - failed, failed, sent, sums.in_doubt, refused, twice=0, wrong=0, stuck=0)
    if sums != expected:
        pytest.fail(f"{sums} instead of {expected}: {unfinished()}")


def unfinished() -> list[tuple[object, ...]]:
    """What is not done, for the message of a test that fails."""
    lines = []
    for model in (Batch, Document, OutgoingMail):
        rows = rows_of(model).exclude(state=State.DONE)
        lines += rows.values_list("pk", "state", "errors", "deaths", "error_code", "error_text")[:20]
    return lines


COLUMNS = ("done", "failed", "sent", "in doubt", "refused", "twice", "wrong", "stuck", "seconds", "limit")
HEAD = f"{'':38}{'letters':>18}{'mails':>27}\n{'scenario':38}" + "".join(f"{name:>9}" for name in COLUMNS)


def line(scenario: str, sums: Sums, seconds: float, limit: float) -> str:
    """One row of the table."""
    return f"{scenario:38}" + "".join(f"{number:9.0f}" for number in (*astuple(sums), seconds, limit))
