"""The reference of a document and its verification code."""

import secrets

from django.conf import settings
from django.urls import reverse

from documents.models import Kind

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which are easily misread. https://www.crockford.com/base32.html"""

LENGTH = 16  # 80 bits: cannot be guessed at the rate that the verification page allows
GROUP = 4

_MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a new random verification code in four groups: 7QK2-9M4X-0TBC-WZ5H."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise(typed: str) -> str:
    """Return a typed code as it is stored, or "" if it cannot be a code.

    Case, spaces, dashes and the confusable letters O, I and L are corrected.
    """
    letters = "".join(sign for sign in typed.upper().translate(_MISREAD) if sign.isalnum())
    return _grouped(letters) if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""


def reference(kind: str, event_reference: str, subject: str, language: str, version: int) -> str:
    """Return EPARL-2021-INV-UY-ES for the first version, EPARL-2021-INV-UY-ES/2 for the second."""
    parts = [event_reference, Kind(kind).mark, subject, language]
    number = f"/{version}" if version > 1 else ""
    return "-".join(part.upper() for part in parts if part) + number


def verify_address(code: str) -> str:
    """Return the verification address of a document, as printed and encoded in its QR symbol."""
    return settings.SITE_URL + reverse("verify-code", args=[code])


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))
