"""What a mail server says of a message that it could not deliver (RFC 3464)."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

LARGEST = 1_000_000  # bytes that are looked at: reports enclose the message that came back


@dataclass(frozen=True, slots=True)
class Failure:
    """One address that a message did not reach, and why, in the server's words."""

    message_id: str
    address: str
    words: str


def failures(raw: bytes) -> list[Failure]:
    """Every failed address of a report; nothing for a message of another kind, or a delay that may still end well."""
    try:
        words = raw[:LARGEST].decode(errors="replace")  # some servers answer in UTF-8
        message = email.message_from_string(words, policy=email.policy.compat32)
        return list(_failures(message)) if message.get_content_type() == "multipart/report" else []
    except RecursionError:  # message in message in message, by hundreds: no mail server writes that
        return []


def _failures(report: Message) -> Iterator[Failure]:
    if message_id := _original_id(report):
        for block in _recipients(report):
            if _field(block, "Action").lower() == "failed":
                yield Failure(message_id, _typed(block, "Final-Recipient"), _words(block))


def _recipients(message: Message) -> Iterator[Message]:
    """The blocks of fields about one address each; the first block of all is about the message."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (block for block in part.get_payload() if "Final-Recipient" in block)  # type: ignore[misc]


def _original_id(message: Message) -> str:
    """The Message-ID of what came back, whole or by its head alone; otherwise of what the report answers."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return _field(part.get_payload(0), "Message-ID")  # type: ignore[arg-type]
        if part.get_content_type() == "text/rfc822-headers":
            head = part.get_payload(decode=True)
            return _field(email.message_from_bytes(head), "Message-ID") if isinstance(head, bytes) else ""
    return _field(message, "In-Reply-To")


def _words(block: Message) -> str:
    """“550 5.1.1 User unknown”, or the status alone where the server says no more."""
    return _typed(block, "Diagnostic-Code") or _field(block, "Status")


def _typed(block: Message, name: str) -> str:
    """The value of a field without the type before it: rfc822; somebody@example.org."""
    kind, semicolon, value = _field(block, name).partition(";")
    return value.strip() if semicolon else kind.strip()


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).replace("\0", "").split())
