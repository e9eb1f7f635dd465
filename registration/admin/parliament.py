"""The directory of parliaments in the admin: rows to edit, and import of a file."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from registration import imports
from registration.admin.base import OfficeAdmin
from registration.forms import ImportForm
from registration.models import Contact, Parliament, PresidingOfficer


class PresidingOfficerInline(admin.StackedInline):
    model = PresidingOfficer
    extra = 0
    max_num = 2
    fields = (
        ("chamber", "name", "gender"),
        ("chamber_name_en", "chamber_name_es"),
        ("office_en", "office_es_f", "office_es_m"),
        ("salutation_en_f", "salutation_en_m"),
        ("salutation_es_f", "salutation_es_m"),
    )


class ContactInline(admin.TabularInline):
    model = Contact
    extra = 0


class ReachableFilter(admin.SimpleListFilter):
    """Parliaments with or without a contact."""

    title = gettext_lazy("contact")
    parameter_name = "contact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("with a contact")), ("no", gettext_lazy("without a contact"))]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Parliament]
    ) -> models.QuerySet[Parliament]:
        if self.value() in {"yes", "no"}:
            return queryset.filter(contacts__isnull=self.value() == "no").distinct()
        return queryset


class ChambersFilter(admin.SimpleListFilter):
    """Parliaments with or without a second chamber."""

    title = gettext_lazy("chambers")
    parameter_name = "chambers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("one chamber or a body")), ("2", gettext_lazy("two chambers"))]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Parliament]
    ) -> models.QuerySet[Parliament]:
        upper = models.Q(presiding_officers__chamber=PresidingOfficer.Chamber.UPPER)
        return {"1": queryset.exclude(upper), "2": queryset.filter(upper)}.get(self.value() or "", queryset)


@admin.register(Parliament)
class ParliamentAdmin(OfficeAdmin):
    change_list_template = "admin/registration/parliament/change_list.html"
    list_display = ("code", "name", "status", "group", "language", "chamber_count", "contact_count")
    list_display_links = ("code", "name")
    list_filter = ("status", "group", "language", ChambersFilter, ReachableFilter)
    list_per_page = 250
    search_fields = tuple(
        f"organisation__{name}" for name in ("code", "name_en", "name_es", "country_en", "country_es")
    )
    autocomplete_fields = ("organisation",)
    fields = ("organisation", ("status", "group"), ("language", "over_100m"), "note")
    inlines = (PresidingOfficerInline, ContactInline)
    personal_fields = ("name", "email")
    actions = ("invite",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Parliament]:
        return Parliament.objects.with_names().with_counts()

    def get_urls(self) -> list[URLPattern]:
        view = require_http_methods(["GET", "POST"])(self.import_file)
        return [self.own_path("import/", view, "import"), *super().get_urls()]

    def audited_objects(self, obj: Parliament) -> list[models.Model]:
        return [obj, *obj.presiding_officers.all(), *obj.contacts.all()]

    @admin.action(description=gettext_lazy("Invite the selected parliaments…"), permissions=["change"])
    def invite(self, request: HttpRequest, queryset: models.QuerySet[Parliament]) -> HttpResponse:
        """Redirect to the page that asks for the event."""
        query = urlencode({"parliaments": list(queryset.values_list("pk", flat=True))}, doseq=True)
        return redirect(f"{reverse('admin:registration_invitation_invite')}?{query}")

    def import_file(self, request: SignedInRequest) -> HttpResponse:
        """Upload a file, preview its changes, then apply them."""
        self.require_right(request)
        form, report, text = ImportForm(), None, request.POST.get("text", "")
        if "apply" in request.POST:
            report = imports.import_parliaments(text, actor=request.user, apply=True)
        elif request.method == "POST":
            form = ImportForm(request.POST, request.FILES)
            text = form.cleaned_data["file"] if form.is_valid() else ""
            report = (
                imports.import_parliaments(text, actor=request.user, apply=False) if form.is_valid() else None
            )
        if report and report.applied:
            counts = {"added": len(report.added), "changed": len(report.changed)}
            messages.success(request, _("Parliaments added: %(added)s; changed: %(changed)s.") % counts)
            return redirect("admin:registration_parliament_changelist")
        return self.office_page(
            request, "import", _("Import parliaments"), form=form, report=report, text=text
        )

    @admin.display(description=capfirst(gettext_lazy("code")), ordering="organisation__code")
    def code(self, parliament: Parliament) -> str:
        return parliament.organisation.code

    @admin.display(description=capfirst(gettext_lazy("name")), ordering="organisation__name")
    def name(self, parliament: Parliament) -> str:
        return parliament.organisation.name

    @admin.display(description=pgettext_lazy("count", "Chambers"))
    def chamber_count(self, parliament: Any) -> int:
        return parliament.chambers

    @admin.display(description=pgettext_lazy("count", "Contacts"))
    def contact_count(self, parliament: Any) -> int:
        return parliament.addresses
