"""Pages that belong to no app: front door, health, footer pages, and the demo's mail."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from accounts.language import remember_language
from accounts.requests import SignedInRequest
from config import demo_mail as mailbox
from jobs import services as jobs


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Redirect to the home page in the language of the reader's cookie or browser."""
    response = redirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Return "ok" if the database answers and background work is healthy. Only the secretariat sees the reasons."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        reasons = jobs.get_health_reasons()
    except DatabaseError:
        return JsonResponse({"status": "not ok"}, status=503)
    answer: dict[str, object] = {"status": "not ok" if reasons else "ok"}
    if request.user.is_authenticated and request.user.is_secretariat:
        answer["reasons"] = reasons
    return JsonResponse(answer, status=503 if reasons else 200)


@login_required
def after_sign_in(request: SignedInRequest) -> HttpResponse:
    """Redirect the secretariat to the admin and other users to their desk; keep the language of the sign-in page."""
    response = redirect("admin:index" if request.user.is_secretariat else "registration:desk")
    remember_language(response, get_language() or settings.LANGUAGE_CODE)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt: what search engines may read, and the address of the sitemap."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def page(name: str) -> Callable[..., HttpResponse]:
    """Return the view of a footer page."""
    return TemplateView.as_view(template_name=f"pages/{name}.html")


def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show all mails of the demo, the newest first. Raises Http404 outside the demo."""
    return render(request, "demo/mail.html", {"mails": mailbox.messages(_folder())})


def demo_mail_message(request: HttpRequest, number: int) -> HttpResponse:
    """Show one mail of the demo."""
    return render(request, "demo/mail_message.html", {"mail": _mail(number)})


def demo_mail_file(request: HttpRequest, number: int, file: int) -> FileResponse:
    """Return the attached file with this number, counted from 1, of one mail of the demo."""
    files = _mail(number).files
    if not 1 <= file <= len(files):
        raise Http404
    enclosed = files[file - 1]
    return FileResponse(
        BytesIO(enclosed.content),
        as_attachment=True,
        filename=enclosed.name,
        content_type=enclosed.content_type,
    )


def _mail(number: int) -> mailbox.Mail:
    mails = mailbox.messages(_folder())
    if not 1 <= number <= len(mails):
        raise Http404
    return mails[-number]


def _folder() -> Path:
    if settings.DEMO_MAIL is None:
        raise Http404
    return settings.DEMO_MAIL
