"""Pages that reveal masked data after a click on a button; the audit trail records each use."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.admin import actor_of
from accounts.privacy import MASK
from registration import services
from registration.admin.base import OfficeAdmin
from registration.admin.page import ShownRequest
from registration.fields import CATALOGUE, SENSITIVE, Section
from registration.forms.person import shown_value
from registration.models import ChangeRequest, Participant

APART = (Section.FILES, Section.DELEGATION)


class RevealPages(OfficeAdmin):
    """GET shows the data masked, with a button; POST reveals it."""

    def reveal_paths(self) -> list[URLPattern]:
        """The URLs of both pages."""
        asking = require_http_methods(["GET", "POST"])
        return [
            self.own_path("<int:pk>/people/<int:person>/reveal/", asking(self.reveal), "reveal"),
            self.own_path(
                "<int:pk>/requests/<int:asked>/reveal/", asking(self.reveal_asked), "reveal_request"
            ),
        ]

    def reveal(self, request: HttpRequest, pk: int, person: int) -> HttpResponse:
        """All data entered about one person."""
        delegation = self.find(request, pk)
        participant = get_object_or_404(Participant, pk=person, delegation=pk)
        is_open = request.method == "POST"
        if is_open:
            services.reveal_person(participant=participant, actor=actor_of(request))
        shown = {"original": delegation, "subject": participant, "is_open": is_open}
        shown["facts"] = personal_facts(participant, is_open=is_open)
        return self.office_page(request, "reveal", _("Private data"), **shown)

    def reveal_asked(self, request: HttpRequest, pk: int, asked: int) -> HttpResponse:
        """The sensitive values that a request proposes."""
        delegation = self.find(request, pk)
        found = ChangeRequest.objects.select_related("participant").filter(delegation=pk)
        change = ShownRequest(get_object_or_404(found, pk=asked), {})
        if not change.is_masked:
            raise Http404
        is_open = request.method == "POST"
        if is_open:
            services.reveal_request(request=change.request, actor=actor_of(request))
        shown = {"original": delegation, "subject": change.request.participant, "is_open": is_open}
        return self.office_page(request, "reveal", _("Private data"), asked=change, **shown)


def personal_facts(person: Participant, *, is_open: bool) -> list[tuple[str, str]]:
    """The data entered about the person, with the labels of the form.

    Sensitive values are masked unless `is_open`.
    """
    filled = [
        (name, value)
        for name, field in CATALOGUE.items()
        if field.section not in APART and (value := getattr(person, name)) not in (None, "")
    ]
    return [
        (
            capfirst(CATALOGUE[name].label),
            shown_value(name, value) if is_open or name not in SENSITIVE else MASK,
        )
        for name, value in filled
    ]
