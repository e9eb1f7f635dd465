"""What every page may know about the site."""

from django.conf import settings
from django.http import HttpRequest

from accounts import trace


def site(request: HttpRequest) -> dict[str, object]:
    """Names and addresses of the site and the request's reference number."""
    return {
        "site_url": settings.SITE_URL,
        "secretariat": {"name": settings.SECRETARIAT_NAME, "email": settings.SECRETARIAT_EMAIL},
        "specimen": settings.SPECIMEN,
        "request_id": trace.request_id.get(),
    }
