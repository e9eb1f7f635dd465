"""The public verification of documents, for consulates and others, with both languages on one page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.limits import allow, client_address
from documents.codes import normalise
from documents.copies import EMPTY, CopyTooLarge, fingerprint
from documents.lookups import find_by_code


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Show the form. A typed code redirects to its answer; a form without a code shows what is missing."""
    if typed := request.GET.get("code", "").strip():
        return redirect("verify-code", code=normalise(typed) or typed[:40].replace("/", "-"))
    return _page(request, "question", missing="code" in request.GET)


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the code certifies. The answer is the same for all codes that were never printed."""
    return _answer(request, code)


@csrf_exempt  # the view changes nothing and needs no cookie
@require_POST
def verify_copy(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the code certifies, and whether the uploaded file is the issued one. The file is not stored."""
    if not allow("verify-copy", client_address(request), settings.VERIFY_COPY_LIMIT):
        return _page(request, "too_many", status=429)
    try:
        sha256 = fingerprint(request)
    except CopyTooLarge:
        return _answer(request, code, copy="too_large")
    return _answer(request, code, copy={"": "missing", EMPTY: "empty"}.get(sha256, "given"), sha256=sha256)


def _answer(request: HttpRequest, code: str, *, copy: str = "", sha256: str = "") -> HttpResponse:
    """Return the page with the answer for the code.

    `copy` says what was uploaded: "" for a question without a file, or "given", "missing", "empty", "too_large".
    """
    if not allow("verify", client_address(request), settings.VERIFY_LIMIT):
        return _page(request, "too_many", status=429)
    answer = find_by_code(code)
    if answer is None:
        return _page(request, "unknown", status=404, typed=code)
    if copy == "given":
        copy = "same" if sha256 == answer.file_sha256 else "different"
    return _page(request, answer.template, typed=code, copy=copy, **answer.context)


def _page(request: HttpRequest, part: str, *, status: int = 200, **context: object) -> HttpResponse:
    context |= {"part": f"verify/_{part}.html"}
    return render(request, "verify/page.html", context, status=status)
