"""Reads the mails that the demo keeps as files instead of sending them."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ADDRESS = re.compile(r"(https?://[^\s<>]+)")
SEPARATOR = b"-" * 79 + b"\n"  # what Django's file backend writes between two messages


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as its reader sees it; the number counts from the first one ever kept."""

    number: int
    to: str
    subject: str
    date: datetime | None
    text: str

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The text cut at its addresses; True where a part is one."""
        return [(part, bool(ADDRESS.fullmatch(part))) for part in ADDRESS.split(self.text) if part]


def messages(folder: Path) -> list[Mail]:
    """All mails of the folder, the newest first."""
    parts = [
        part.strip() + b"\n"
        for file in sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name))
        for part in file.read_bytes().split(SEPARATOR)
        if part.strip()
    ]
    return [_read(number, part) for number, part in enumerate(parts, start=1)][::-1]


def _read(number: int, raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    date = message["Date"]
    return Mail(
        number=number,
        to=str(message["To"]),
        subject=str(message["Subject"]).strip(),
        date=date.datetime if date else None,
        text=body.get_content() if body else "",
    )
