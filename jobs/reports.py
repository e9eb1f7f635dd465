"""Parse delivery reports: what a mail server says about a message that it could not deliver (RFC 3464)."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

MAX_BYTES = 1_000_000  # bytes that are read; a report can contain the whole returned message


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that a message did not reach, with the reason as the server gave it."""

    message_id: str
    address: str
    words: str


def failures(raw: bytes) -> list[Failure]:
    """Return the failed addresses of a report. Return [] if it only reports a delay, or is not a delivery report."""
    try:
        words = raw[:MAX_BYTES].decode(errors="replace")  # some servers answer in UTF-8
        message = email.message_from_string(words, policy=email.policy.compat32)
        return list(_failures(message)) if message.get_content_type() == "multipart/report" else []
    except RecursionError:  # messages nested hundreds of levels deep, which no mail server writes
        return []


def _failures(report: Message) -> Iterator[Failure]:
    if message_id := _original_id(report):
        for block in _recipients(report):
            if _field(block, "Action").lower() == "failed":
                yield Failure(message_id, _typed(block, "Final-Recipient"), _words(block))


def _recipients(message: Message) -> Iterator[Message]:
    """Yield the blocks that describe one address each. The first block describes the message and is skipped."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (block for block in part.get_payload() if "Final-Recipient" in block)  # type: ignore[misc]


def _original_id(message: Message) -> str:
    """Return the Message-ID of the returned message.

    A report contains the message, or only its headers. If it contains neither, In-Reply-To is used.
    """
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return _field(part.get_payload(0), "Message-ID")  # type: ignore[arg-type]
        if part.get_content_type() == "text/rfc822-headers":
            head = part.get_payload(decode=True)
            return _field(email.message_from_bytes(head), "Message-ID") if isinstance(head, bytes) else ""
    return _field(message, "In-Reply-To")


def _words(block: Message) -> str:
    """Return the server's text, such as “550 5.1.1 User unknown”, or only the status if there is no text."""
    return _typed(block, "Diagnostic-Code") or _field(block, "Status")


def _typed(block: Message, name: str) -> str:
    """Return the field's value without its type: `rfc822; somebody@example.org` gives the address."""
    kind, semicolon, value = _field(block, name).partition(";")
    return value.strip() if semicolon else kind.strip()


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).replace("\0", "").split())
