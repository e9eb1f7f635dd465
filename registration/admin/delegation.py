"""Delegations in the admin: the list with their figures, and one page to read and decide everything."""

from itertools import chain
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.admin import ReadOnly, actor_of, tag
from jobs.clock import database_now
from registration.admin.adding import AddingPages
from registration.admin.base import selected_event
from registration.admin.figures import FiguresPages
from registration.admin.page import DelegationPage
from registration.admin.revealing import RevealPages
from registration.admin.standing import Standing, Totals, with_standing
from registration.admin.verbs import DelegationActions
from registration.admin.waiting import WaitingListPage
from registration.models import ChangeRequest, Delegation, Participant
from registration.tones import tone_of

Status = Delegation.Status
Person, State = Participant.Status, ChangeRequest.State
WAITING_FIRST = models.Case(models.When(status=Status.SUBMITTED, then=0), default=1)
BY_EVENT = "event__id__exact"


class RequestsFilter(admin.SimpleListFilter):
    """Delegations with a pending request."""

    title = gettext_lazy("requests")
    parameter_name = "requests"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(State.PENDING, gettext_lazy("awaiting an answer"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet[Delegation]:
        return (
            queryset.filter(pk__in=ChangeRequest.objects.pending().values("delegation"))
            if self.value() == State.PENDING
            else queryset
        )


class MembershipFilter(admin.ChoicesFieldListFilter):
    """By the status of the parliament, not of the delegation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext_lazy("status of the parliament")


@admin.register(Delegation)
class DelegationAdmin(DelegationActions, RevealPages, AddingPages, WaitingListPage, FiguresPages, ReadOnly):
    change_list_template = "admin/registration/delegation/change_list.html"
    list_display = (
        "name",
        "reference",
        "status_tag",
        "submitted",
        "confirmed",
        "waitlisted",
        "balance",
        "warnings",
        "requests",
        "waiting_since",
    )
    list_filter = (
        "status",
        RequestsFilter,
        "event",
        "group",
        ("organisation__parliament__status", MembershipFilter),
        "organisation__parliament__group",
    )
    list_per_page = 50
    show_full_result_count = False
    ordering = (WAITING_FIRST, models.F("submitted_at").asc(nulls_last=True), "pk")
    search_fields = (
        "organisation__code",
        "organisation__name_en",
        "organisation__name_es",
        "coordinators__email",
        "participants__family_names",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Delegation]:
        return with_standing(Delegation.objects.all())

    def get_urls(self) -> list[URLPattern]:
        own = (self.action_paths(), self.reveal_paths(), self.waiting_paths(), self.figure_paths())
        return [*chain.from_iterable(own), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show an event's figures above the list if it is filtered by that event."""
        event = selected_event(request, BY_EVENT)
        context = {"totals": Totals.of(event) if event else None, "by_event": BY_EVENT}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of one delegation; data changes only through its actions."""
        if request.method == "POST":
            raise PermissionDenied
        delegation = DelegationPage.find(object_id)
        if delegation is None:
            raise Http404
        page = DelegationPage(delegation, actor_of(request), database_now())
        return self.office_page(
            request, "page", delegation.name, original=delegation, event=delegation.event, page=page
        )

    @admin.display(description=capfirst(gettext_lazy("delegation")), ordering="organisation__code")
    def name(self, delegation: Delegation) -> str:
        return delegation.name

    @admin.display(description=capfirst(gettext_lazy("event")), ordering="event__reference")
    def reference(self, delegation: Delegation) -> str:
        """The short name, because titles would fill half the list."""
        return delegation.event.reference

    @admin.display(description=capfirst(gettext_lazy("status")), ordering="status")
    def status_tag(self, delegation: Delegation) -> SafeString:
        return tag(delegation.get_status_display(), tone_of(delegation.status))

    @admin.display(description=pgettext_lazy("count of people", "Submitted"))
    def submitted(self, delegation: Delegation) -> str:
        return _number(_standing(delegation).by_status[Person.SUBMITTED])

    @admin.display(description=pgettext_lazy("count of people", "Confirmed"))
    def confirmed(self, delegation: Delegation) -> str:
        return _number(_standing(delegation).by_status[Person.CONFIRMED])

    @admin.display(description=pgettext_lazy("count of people", "Waiting list"))
    def waitlisted(self, delegation: Delegation) -> str:
        return _number(_standing(delegation).by_status[Person.WAITLISTED])

    @admin.display(description=gettext_lazy("Women / men"))
    def balance(self, delegation: Delegation) -> str:
        figures = _standing(delegation).figures
        return f"{figures.women} / {figures.men}" if figures.women or figures.men else "–"

    @admin.display(description=gettext_lazy("Warnings"))
    def warnings(self, delegation: Delegation) -> str:
        return _number(_standing(delegation).warnings)

    @admin.display(description=gettext_lazy("Requests"))
    def requests(self, delegation: Delegation) -> str:
        return _number(_standing(delegation).requests)

    @admin.display(description=gettext_lazy("Waiting"), ordering="submitted_at")
    def waiting_since(self, delegation: Delegation) -> str:
        """How long a submitted delegation has waited for the secretariat."""
        waits = delegation.status == Status.SUBMITTED and delegation.submitted_at
        return timesince(waits) if waits else "–"


def _standing(delegation: Any) -> Standing:
    """The figures of the row, computed once."""
    if not hasattr(delegation, "standing"):
        delegation.standing = Standing(delegation)
    return delegation.standing


def _number(count: int) -> str:
    return str(count or "–")
