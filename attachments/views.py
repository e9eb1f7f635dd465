"""Downloads: who may have a file gets it, as a file and never as a page."""

import logging
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from attachments.models import Attachment

logger = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """One file. Who is not signed in and may not have it signs in first, whether it exists or not."""
    files = Attachment.objects.visible_to(request.user).select_related("event")
    if attachment := files.filter(event__slug=slug, pk=pk).first():
        return _answer(request, attachment)
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


def _answer(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The file, unless the reader has it already (RFC 9110, 13.1.2)."""
    etag = quote_etag(attachment.checksum)
    response = get_conditional_response(request, etag=etag) or _send(attachment)
    return _sealed(response, attachment, etag)


def _send(attachment: Attachment) -> HttpResponseBase:
    """The file, or the word to nginx to send it (ACCEL_LOCATION)."""
    if settings.ACCEL_LOCATION:
        location = f"{settings.ACCEL_LOCATION.rstrip('/')}/{quote(str(attachment.file.name))}"
        return HttpResponse(headers={"X-Accel-Redirect": location})
    try:
        return FileResponse(attachment.file.open("rb"))
    except FileNotFoundError as error:
        logger.exception("stored file of attachment %s is gone", attachment.pk)
        raise Http404 from error


def _sealed(response: HttpResponseBase, attachment: Attachment, etag: str) -> HttpResponseBase:
    """What makes a file harmless to open and right to keep: its type and name, no sniffing, no script, no store."""
    response["ETag"] = etag
    response["Content-Type"] = attachment.content_type
    response["Content-Disposition"] = content_disposition_header(True, attachment.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    if attachment.audience == Attachment.Audience.PUBLIC and attachment.event.is_public:
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
