"""Delegations: read whole, confirmed or returned as they were seen."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.admin import ReadOnly, actor_of, tag
from accounts.requests import SignedInRequest
from jobs.clock import database_now
from registration import history, rules, services
from registration.admin.base import OfficeAdmin
from registration.deadlines import Deadline
from registration.forms import ReturnForm
from registration.models import Delegation, Participant
from registration.roles import role_of

Status = Delegation.Status
WAITING_FIRST = models.Case(models.When(status=Status.SUBMITTED, then=0), default=1)
TONES = {Status.SUBMITTED: "accent", Status.RETURNED: "warn", Status.CONFIRMED: "good"}


class ParticipantInline(ReadOnly, admin.TabularInline):
    model = Participant
    extra = 0
    fields = (
        "honorific",
        "given_names",
        "family_names",
        "badge_name",
        "role_word",
        "gender",
        "function",
        "email",
    )
    readonly_fields = ("role_word",)

    @admin.display(description=capfirst(gettext_lazy("role")))
    def role_word(self, participant: Participant) -> str:
        return role_of(participant)


@admin.register(Delegation)
class DelegationAdmin(ReadOnly, OfficeAdmin):
    change_form_template = "admin/registration/delegation/change_form.html"
    list_display = (
        "organisation",
        "reference",
        "status_tag",
        "people_count",
        "waiting_since",
        "coordinator_list",
    )
    list_filter = ("status", "event", "organisation__parliament__status", "organisation__parliament__group")
    list_per_page = 100
    ordering = (WAITING_FIRST, models.F("submitted_at").asc(nulls_last=True), "pk")
    search_fields = tuple(f"organisation__{name}" for name in ("code", "name_en", "name_es"))
    fields = (
        "organisation",
        "event",
        "coordinator_list",
        "submitted_at",
        "confirmed_at",
        "privacy_read_at",
        "remarks",
    )
    readonly_fields = ("coordinator_list",)
    inlines = (ParticipantInline,)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Delegation]:
        return Delegation.objects.with_event().counted().prefetch_related("coordinators")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.own_path("<int:pk>/confirm/", require_POST(self.confirm), "confirm"),
            self.own_path(
                "<int:pk>/return/", require_http_methods(["GET", "POST"])(self.give_back), "return"
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        delegation = self.get_object(request, object_id)
        may_change = request.user.has_perm("registration.change_delegation")
        context = {
            "tone": TONES.get(Status(delegation.status), "") if delegation else "",
            "can_confirm": bool(delegation and may_change and delegation.can_become(Status.CONFIRMED)),
            "can_return": bool(delegation and may_change and delegation.can_become(Status.RETURNED)),
            "lines": history.of(delegation, actor_of(request)) if delegation else [],
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def confirm(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Confirm the version that the page showed."""
        delegation, version = self.find(request, pk), request.POST.get("version", "")
        try:
            seen = int(version) if version.isdecimal() and len(version) < 10 else 0
            services.confirm_delegation(delegation=delegation, version=seen, actor=request.user)
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Registration confirmed. The coordinator is told by e-mail."))
        return redirect("admin:registration_delegation_change", pk)

    def give_back(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then return the version and status that the page showed."""
        delegation = self.find(request, pk)
        form = ReturnForm(
            request.POST or None, initial={"version": delegation.version, "status": delegation.status}
        )
        if not form.is_valid():
            deadline = Deadline.of(delegation.event, database_now())
            title = _("Return for correction")
            return self.own_page(request, "return", title, form=form, original=delegation, deadline=deadline)
        try:
            services.return_delegation(delegation=delegation, actor=request.user, **form.cleaned_data)
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Registration returned. The coordinator is told by e-mail."))
        return redirect("admin:registration_delegation_change", pk)

    @admin.display(description=capfirst(gettext_lazy("event")), ordering="event__reference")
    def reference(self, delegation: Delegation) -> str:
        """The short name: titles fill half a list."""
        return delegation.event.reference

    @admin.display(description=capfirst(gettext_lazy("status")), ordering="status")
    def status_tag(self, delegation: Delegation) -> SafeString:
        return tag(delegation.get_status_display(), TONES.get(Status(delegation.status), ""))

    @admin.display(description=pgettext_lazy("count", "People"))
    def people_count(self, delegation: Any) -> int:
        return delegation.people

    @admin.display(description=gettext_lazy("Waiting"), ordering="submitted_at")
    def waiting_since(self, delegation: Delegation) -> str:
        """For how long, of those that wait for the secretariat."""
        waits = delegation.status == Status.SUBMITTED and delegation.submitted_at
        return timesince(waits) if waits else "–"

    @admin.display(description=capfirst(gettext_lazy("coordinators")))
    def coordinator_list(self, delegation: Delegation) -> str:
        return ", ".join(coordinator.email for coordinator in delegation.coordinators.all()) or "–"
