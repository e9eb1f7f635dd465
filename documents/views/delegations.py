"""The printable list of a delegation, for its coordinators and the secretariat."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from attachments.spreadsheets import download_response
from registration.contents import file_name
from registration.models import Delegation


@require_safe
@login_required
def own_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the list as PDF, in the language of the page, without sensitive fields."""
    from documents.services.delegations import RenderingError, print_delegation  # noqa: PLC0415  loads the renderer

    visible = Delegation.objects.visible_to(request.user).with_event().with_people()
    delegation = get_object_or_404(visible.prefetch_related("event__asked_fields"), pk=pk)
    try:
        made = print_delegation(delegation, get_language() or "en", timezone.now())
    except RenderingError as error:
        messages.error(request, error.message)
        return redirect(delegation)
    return download_response(made.pdf, file_name(_("delegation"), delegation, "pdf"), "application/pdf")
