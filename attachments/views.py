"""Downloads of attachments, with a check of permissions."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from attachments.models import Attachment
from attachments.sending import FileToSend, send


@require_safe
def download(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Send one file. Anonymous users are sent to the sign-in page if they may not have it or it does not exist."""
    files = Attachment.objects.visible_to(request.user).select_related("event")
    if attachment := files.filter(event__slug=slug, pk=pk).first():
        return send(request, _sent(attachment))
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


def _sent(attachment: Attachment) -> FileToSend:
    is_public = attachment.audience == Attachment.Audience.PUBLIC and attachment.event.is_public
    return FileToSend(
        attachment.file,
        attachment.file_name,
        attachment.content_type,
        attachment.checksum,
        is_public=is_public,
    )
