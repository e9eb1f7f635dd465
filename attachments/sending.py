"""How a private file leaves: with its own type and name, harmless to open, kept by no shared cache."""

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
class Sent:
    """A stored file as it is sent: offered under `name`, unless it is shown in the page (`inline`)."""

    file: FieldFile
    name: str
    content_type: str
    checksum: str
    is_public: bool = False
    inline: bool = False


def send(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    """The file, unless the reader has it already (RFC 9110, 13.1.2). Raises Http404 when it is gone from the disk."""
    etag = quote_etag(sent.checksum)
    response = get_conditional_response(request, etag=etag) or _content(sent.file)
    return _sealed(response, sent, etag)


def _content(file: FieldFile) -> HttpResponseBase:
    """The file, or the word to nginx to send it (ACCEL_LOCATION)."""
    if settings.ACCEL_LOCATION:
        location = f"{settings.ACCEL_LOCATION.rstrip('/')}/{quote(str(file.name))}"
        return HttpResponse(headers={"X-Accel-Redirect": location})
    try:
        return FileResponse(file.open("rb"))
    except FileNotFoundError as error:
        owner = file.instance
        logger.exception("stored file of %s %s is gone", owner._meta.verbose_name_raw, owner.pk)
        raise Http404 from error


def _sealed(response: HttpResponseBase, sent: Sent, etag: str) -> HttpResponseBase:
    """What makes a file harmless to open and right to keep: its type and name, no sniffing, no script, no store."""
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
