"""What is printed on a document to know it by: its reference, and the code that proves it genuine."""

import secrets

from django.conf import settings
from django.urls import reverse

from documents.models import Kind

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing is misread. https://www.crockford.com/base32.html"""

LENGTH = 16  # 80 bits: not to be guessed at any rate that the verification page allows
GROUP = 4

_MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """A fresh verification code in four groups: 7QK2-9M4X-0TBC-WZ5H."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise(typed: str) -> str:
    """The code as it is stored, whatever case, spaces, dashes or look-alikes were typed; or nothing."""
    letters = "".join(sign for sign in typed.upper().translate(_MISREAD) if sign.isalnum())
    return _grouped(letters) if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""


def reference(kind: str, event_reference: str, subject: str, language: str, version: int) -> str:
    """EPARL-2021-INV-UY-ES, and EPARL-2021-INV-UY-ES/2 for the next content."""
    parts = [event_reference, Kind(kind).mark, subject, language]
    number = f"/{version}" if version > 1 else ""
    return "-".join(part.upper() for part in parts if part) + number


def verify_address(code: str) -> str:
    """Where the document with this code is checked, as it is printed and encoded in its QR symbol."""
    return settings.SITE_URL + reverse("verify-code", args=[code])


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))
