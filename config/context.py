"""The context processor for all pages."""

from django.conf import settings
from django.http import HttpRequest

from accounts import trace


def site(request: HttpRequest) -> dict[str, object]:
    """Return the names and addresses of the site, and the reference number of the request."""
    return {
        "site_url": settings.SITE_URL,
        "secretariat": {"name": settings.SECRETARIAT_NAME, "email": settings.SECRETARIAT_EMAIL},
        "specimen": settings.SPECIMEN,
        "request_id": trace.request_id.get(),
    }
