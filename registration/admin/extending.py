"""Extend a deadline for one parliament, with or without a delegation."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from registration import services
from registration.admin.base import OfficeAdmin
from registration.admin.page import terms_of
from registration.forms import ExtensionForm
from registration.models import Invitation


class ExtensionPage(OfficeAdmin):
    """The page for a delegation, or for an invitation without a delegation."""

    def extension_path(self) -> URLPattern:
        return self.own_path("<int:pk>/extend/", require_http_methods(["GET", "POST"])(self.extend), "extend")

    def extend(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Let one stage close later; a second extension corrects the day."""
        subject = self.find(request, pk)
        if isinstance(subject, Invitation) and hasattr(subject, "delegation"):
            return redirect("admin:registration_delegation_extend", subject.delegation.pk)
        if subject.organisation is None:
            raise Http404
        data = request.POST.copy() if request.method == "POST" else None
        stages = {window.stage for window in subject.event.windows.all()}
        form = ExtensionForm(data, stages=stages, initial={"shown": services.last_extension_time(subject)})
        if data is not None and form.is_valid():
            act = partial(
                services.extend_deadline, delegation=subject, **form.cleaned_data, actor=request.user
            )
            if self.attempt(request, act, _("Deadline extended. The delegation is told by e-mail.")):
                return redirect(f"admin:registration_{self.opts.model_name}_change", pk)
            data["shown"] = services.last_extension_time(subject)  # the new page shows the present state
        title, terms = _("Extend the deadline"), terms_of(subject.event, subject.organisation)
        return self.office_page(request, "extend", title, form=form, original=subject, terms=terms)
