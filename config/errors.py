"""Error pages: a sentence in the reader's language and a reference number, without technical details."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.templatetags.static import static

from accounts import trace
from attachments.receiving import UploadNotStored

PLAIN = "The page cannot be shown. / No se puede mostrar la página. ({status}, {reference})"


def page(request: HttpRequest, status: int) -> HttpResponse:
    """Return the error page for a status. It needs no database, no session and no context processor."""
    reference = trace.request_id.get()
    language = getattr(request, "LANGUAGE_CODE", "en")  # not set if the error came before its middleware
    try:
        template = loader.get_template(f"{status}.html")
        body = template.render(
            {
                "request_id": reference,
                "language": language,
                "stylesheets": stylesheets(),
                "secretariat_email": settings.SECRETARIAT_EMAIL,
            }
        )
    except Exception:  # the cause of the error must not break the error page too
        body = PLAIN.format(status=status, reference=reference)
    return HttpResponse(body, status=status)


def stylesheets() -> list[str]:
    """Return the addresses of the stylesheets, or [] if the static files are not collected."""
    try:
        return [static(f"css/{name}.css") for name in ("tokens", "layout", "components")]
    except ValueError:
        return []


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handle a request that cannot be read (400), or an uploaded file that could not be written to disk (507)."""
    return page(request, 507 if isinstance(exception, UploadNotStored) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)
