"""The personal link of an invitation: recomputed whenever it is needed, stored nowhere.

The token is HMAC-SHA256(LINK_KEY, invitation and version), cut to 128 bits (RFC 2104 section 5). The database
holds its SHA-256 hash and the version; who reads the database cannot open a link, who changes the key ends all.
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
    """26 letters and digits, which survive a line break in a mail and being typed."""
    message = f"invitation:{pk}:{version}".encode()
    digest = hmac.digest(settings.LINK_KEY.encode(), message, "sha256")[:TOKEN_BYTES]
    return base64.b32encode(digest).decode().rstrip("=").lower()


def fingerprint(token: str) -> str:
    """What is stored of a token: its SHA-256 in 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def set_fingerprint(invitation: Invitation) -> Invitation:
    """Note the fingerprint of the invitation's present token; the caller saves it."""
    invitation.token_hash = fingerprint(token(invitation.pk, invitation.token_version))
    return invitation


def personal_link(pk: int, language: str) -> str:
    """The full address of an invitation's present link, leading to pages in the language."""
    version = Invitation.objects.values_list("token_version", flat=True).get(pk=pk)
    with translation.override(language):
        return settings.SITE_URL + reverse("registration:link", args=[token(pk, version)])


def find(given: str) -> Invitation | None:
    """The invitation that a token opens; nothing for a forged, replaced or outdated one."""
    invitation = Invitation.objects.filter(token_hash=fingerprint(given)).first()
    if invitation and hmac.compare_digest(given, token(invitation.pk, invitation.token_version)):
        return invitation
    return None
