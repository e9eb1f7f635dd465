"""Is this document genuine? For consulates and everybody else who holds one, in both languages on one page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.limits import allow, client_address
from documents.codes import normalise
from documents.models import Document


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The form for a code; a code that was typed goes on to its answer, a form without one says what it lacks."""
    if typed := request.GET.get("code", "").strip():
        return redirect("verify-code", code=normalise(typed) or typed[:40].replace("/", "-"))
    return _page(request, "question", missing="code" in request.GET)


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the code certifies; the same answer for every code that was never printed."""
    if not allow("verify", client_address(request), settings.VERIFY_LIMIT):
        return _page(request, "too_many", status=429)
    found = Document.objects.done().select_related("event", "organisation")
    if document := found.filter(code=normalise(code)).first():
        return _page(request, "answer", document=document)
    return _page(request, "unknown", status=404, typed=code)


def _page(request: HttpRequest, part: str, *, status: int = 200, **context: object) -> HttpResponse:
    context |= {"part": f"verify/_{part}.html"}
    return render(request, "verify/page.html", context, status=status)
