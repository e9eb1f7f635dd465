"""Read the mails that the demo stores as files instead of sending them."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

ADDRESS = re.compile(r"(https?://[^\s<>]+)")
SEPARATOR = b"-" * 79 + b"\n"  # Django's file backend writes this line between two messages


class Enclosed(NamedTuple):
    """A file attached to a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One mail as shown to the reader. `number` counts from 1, the oldest mail."""

    number: int
    to: str
    cc: str
    subject: str
    date: datetime | None
    raw: bytes

    @cached_property
    def message(self) -> EmailMessage:
        """The parsed message. It is parsed only when needed, because the attachments can be several megabytes."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The text, split at web addresses. The flag is True if the part is an address."""
        body = self.message.get_body(("plain",))
        text = body.get_content() if body else ""
        return [(part, bool(ADDRESS.fullmatch(part))) for part in ADDRESS.split(text) if part]

    @property
    def files(self) -> list[Enclosed]:
        """The attached files."""
        return [
            Enclosed(
                part.get_filename("-"), part.get_content_type(), cast(bytes, part.get_payload(decode=True))
            )
            for part in self.message.iter_attachments()
        ]


def messages(folder: Path) -> list[Mail]:
    """Return all mails in the folder, the newest first."""
    parts = [
        part.strip() + b"\n"
        for file in sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name))
        for part in file.read_bytes().split(SEPARATOR)
        if part.strip()
    ]
    return [_read(number, part) for number, part in enumerate(parts, start=1)][::-1]


def _read(number: int, raw: bytes) -> Mail:
    head = BytesHeaderParser(policy=email.policy.default).parsebytes(raw.partition(b"\n\n")[0])
    date = head["Date"]
    return Mail(
        number=number,
        to=str(head["To"]),
        cc=str(head["Cc"] or ""),
        subject=str(head["Subject"]).strip(),
        date=date.datetime if date else None,
        raw=raw,
    )
