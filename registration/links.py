"""The personal link of an invitation: computed when needed, never stored.

The token is HMAC-SHA256(LINK_KEY, invitation and version), truncated to 128 bits (RFC 2104 section 5). The
database holds its SHA-256 hash and the version: somebody who reads the database cannot open a link. Changing
the key invalidates all links.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from registration.models import Invitation

TOKEN_BYTES = 16


def token(pk: int, version: int) -> str:
    """26 letters and digits, which survive a line break in a mail and can be typed."""
    message = f"invitation:{pk}:{version}".encode()
    digest = hmac.digest(settings.LINK_KEY.encode(), message, "sha256")[:TOKEN_BYTES]
    return base64.b32encode(digest).decode().rstrip("=").lower()


def fingerprint(token: str) -> str:
    """The stored form of a token: its SHA-256 in 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def set_fingerprint(invitation: Invitation) -> Invitation:
    """Set the fingerprint of the invitation's present token; the caller saves it."""
    invitation.token_hash = fingerprint(token(invitation.pk, invitation.token_version))
    return invitation


def personal_link(pk: int, language: str) -> str:
    """The full URL of an invitation's present link, to pages in this language."""
    version = Invitation.objects.values_list("token_version", flat=True).get(pk=pk)
    with translation.override(language):
        return settings.SITE_URL + reverse("registration:link", args=[token(pk, version)])


def find(given: str) -> Invitation | None:
    """The invitation of a token, or None if the token is forged, replaced or revoked."""
    invitation = Invitation.objects.filter(token_hash=fingerprint(given)).first()
    if invitation and hmac.compare_digest(given, token(invitation.pk, invitation.token_version)):
        return invitation
    return None
