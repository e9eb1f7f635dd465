"""Badges in the administration: list them, declare lost ones void."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin import AuditedAdmin, ReadOnly, actor_of, tag
from documents.admin.documents import VALIDITY_TONES, open_order_page
from documents.forms import VoidForm
from documents.models import Badge, Document
from documents.services.badges import void_badge
from documents.services.versions import NotVoidable
from registration.admin import ParticipantAdmin
from registration.admin.attendance import note, withdraw
from registration.models import Participant


@admin.action(description=_("Make badges for the selected ones…"), permissions=["view"])
def make_badges(_model_admin: admin.ModelAdmin, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Redirect to the desk's page where badges are ordered."""
    return open_order_page(
        request,
        "order-badges",
        queryset.values_list("delegation__event__slug", "pk"),
        several_events=gettext("Badges are made for one event at a time: choose people of one event."),
        too_many=gettext(
            "Choose at most %(limit)d people. On the desk you can make badges for all who have none."
        ),
    )


ParticipantAdmin.actions = (*ParticipantAdmin.actions, make_badges)  # type: ignore[assignment]


@admin.register(Badge)
class BadgeAdmin(ReadOnly, AuditedAdmin):
    """All badges that were ordered, with their validity."""

    change_form_template = "admin/documents/badge.html"
    view_on_site = False
    list_display = ("__str__", "whose", "validity_tag", "why_void", "sheet", "created_at")
    list_filter = ("validity", "is_blank", "event")
    list_per_page = 50
    actions = ("note_attendance", "withdraw_attendance")
    list_select_related = ("event", "participant", "sheet")
    search_fields = ("number", "code", "participant__given_names", "participant__family_names")
    fields = (
        ("event", "number", "code"),
        "whose",
        ("validity_tag", "why_void"),
        ("batch", "sheet", "created_at"),
    )
    readonly_fields = ("whose", "validity_tag", "why_void")

    @admin.action(description=_("Note the attendance of the selected people"), permissions=["view"])
    def note_attendance(self, request: HttpRequest, queryset: QuerySet[Badge]) -> None:
        note(request, Participant.objects.filter(badges__in=queryset).distinct())

    @admin.action(description=_("Withdraw the attendance of the selected people"), permissions=["view"])
    def withdraw_attendance(self, request: HttpRequest, queryset: QuerySet[Badge]) -> None:
        withdraw(request, Participant.objects.filter(badges__in=queryset).distinct())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Badge]:
        """Without the texts of the sheets, each of hundreds of badges."""
        return super().get_queryset(request).defer("sheet__snapshot")

    def get_urls(self) -> list[URLPattern]:
        return [self.own_path("<int:pk>/void/", self.void, "void"), *super().get_urls()]

    def void(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Explain the consequences and ask for the reason, then declare the badge void."""
        badge = self.get_object(request, str(pk))
        if badge is None or badge.validity == Document.Validity.VOID:
            raise Http404
        form = VoidForm(request.POST or None)
        if form.is_valid():
            try:
                void_badge(badge=badge, reason=form.cleaned_data["reason"], actor=actor_of(request))
            except NotVoidable as gone:
                raise Http404 from gone
            messages.success(request, _("%(badge)s is void.") % {"badge": badge})
            return redirect("admin:documents_badge_change", pk)
        words = _(
            "From then on whoever scans its symbol is told not to let anybody in with it. It cannot be made valid "
            "again; the person can have another one made, with a number and a code of its own."
        )
        title = _("Declare badge %(badge)s void") % {"badge": badge}
        context = {"words": words, "form": form, "original": badge}
        return self.own_page(request, "admin/documents/void.html", title, **context)

    @admin.display(description=_("Person"), ordering="participant__family_names")
    def whose(self, badge: Badge) -> str:
        return str(_("blank") if badge.is_blank else badge.participant or "–")

    @admin.display(description=_("why it is void"))
    def why_void(self, badge: Badge) -> str:
        return badge.why_void or "–"

    @admin.display(description=capfirst(_("validity")), ordering="validity")
    def validity_tag(self, badge: Badge) -> SafeString:
        return tag(badge.get_validity_display(), VALIDITY_TONES[Document.Validity(badge.validity)])
