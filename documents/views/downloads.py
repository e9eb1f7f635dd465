"""Download finished documents."""

import logging
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.models import User
from documents import services, store
from documents.models import Document

logger = logging.getLogger(__name__)


@require_safe
@login_required
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send one finished document. If its file is lost, answer 404 and order the file again."""
    document = get_object_or_404(Document.objects.visible_to(request.user).with_file(), pk=pk)
    try:
        services.require_files([document])
    except services.FilesLost as lost:
        services.order_files_again([document])
        raise Http404 from lost
    services.record_download(document, actor=cast(User, request.user))
    return send_file(document.file_sha256, document.file_name)


def send_file(sha256: str, name: str) -> HttpResponseBase:
    """Return a response with a stored PDF under this name.

    The web server sends the file if ACCEL_LOCATION is set, otherwise Django does. Raises Http404 if Django does
    not find the file, as the web server would answer.
    """
    if settings.ACCEL_LOCATION:
        response: HttpResponseBase = HttpResponse(content_type="application/pdf")
        response["X-Accel-Redirect"] = f"{settings.ACCEL_LOCATION.rstrip('/')}/{store.relative_path(sha256)}"
    else:
        response = FileResponse(_opened(sha256), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox"
    return response


def _opened(sha256: str) -> BinaryIO:
    try:
        return store.path(sha256).open("rb")
    except FileNotFoundError as lost:
        logger.exception("the file of a document is lost: %s", sha256)
        raise Http404 from lost
