"""The base of the admin pages of registration."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from accounts.admin import AuditedAdmin
from accounts.requests import parse_number
from events.models import Event
from registration import rules


def selected_event(request: HttpRequest, name: str) -> Event | None:
    """The event whose key is in this query parameter, or None."""
    return Event.objects.filter(pk=parse_number(request.GET.get(name, ""))).first()


class OfficeAdmin(AuditedAdmin):
    """An admin with pages of its own.

    They require the right to change the object unless they say otherwise.
    """

    view_on_site = False

    def office_page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> TemplateResponse:
        """Return the page of that name in the folder of the model's templates."""
        own = f"admin/registration/{self.opts.model_name}/{template}.html"
        return self.own_page(request, own, title, **context)

    def require_right(self, request: HttpRequest) -> None:
        """Raises PermissionDenied, which the site shows as “not found”."""
        if not request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"):
            raise PermissionDenied

    def find(self, request: HttpRequest, pk: int) -> Any:
        """The object for an action. Raises Http404, PermissionDenied."""
        self.require_right(request)
        obj = self.get_object(request, str(pk))
        if obj is None:
            raise Http404
        return obj

    def attempt(self, request: HttpRequest, act: Callable[[], object], done: str) -> bool:
        """Call `act` and show a message with the result; False if it was refused."""
        try:
            act()
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
            return False
        messages.success(request, done)
        return True
