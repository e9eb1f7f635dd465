"""Send private files with their type and name, so that they are safe to open and not stored by shared caches."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileToSend:
    """A stored file to send: as a download named `name`, or shown in the page if `inline`."""

    file: FieldFile
    name: str
    content_type: str
    checksum: str
    is_public: bool = False
    inline: bool = False


def send(request: HttpRequest, sent: FileToSend) -> HttpResponseBase:
    """Return the file, or 304 if the reader already has it (RFC 9110, 13.1.2). Raises Http404 if it is missing."""
    etag = quote_etag(sent.checksum)
    response = get_conditional_response(request, etag=etag) or _content(sent.file)
    return _sealed(response, sent, etag)


def _content(file: FieldFile) -> HttpResponseBase:
    """Return the file, or a header that tells nginx to send it (ACCEL_LOCATION)."""
    if settings.ACCEL_LOCATION:
        location = f"{settings.ACCEL_LOCATION.rstrip('/')}/{quote(str(file.name))}"
        return HttpResponse(headers={"X-Accel-Redirect": location})
    try:
        return FileResponse(file.open("rb"))
    except FileNotFoundError as error:
        owner = file.instance
        logger.exception("stored file of %s %s is gone", owner._meta.verbose_name_raw, owner.pk)
        raise Http404 from error


def _sealed(response: HttpResponseBase, sent: FileToSend, etag: str) -> HttpResponseBase:
    """Add the headers: type and name, no type sniffing, no scripts, and no caching unless the file is public."""
    response["ETag"] = etag
    response["Content-Type"] = sent.content_type
    response["Content-Disposition"] = content_disposition_header(not sent.inline, sent.name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    if sent.is_public:
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
