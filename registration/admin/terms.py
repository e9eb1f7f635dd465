"""The terms of registration of one event on one page: rules, fields, declarations, places, deadlines."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db import models, transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.requests import SignedInRequest, parse_number
from events import dates
from events.admin.base import BilingualAdmin, BilingualInline
from events.forms import OptimisticLockForm, fingerprint
from events.models import Event, Window
from registration import presets, rules, services
from registration.admin.reminders import ReminderInline, ReminderPages
from registration.forms.terms import (
    CHOSEN,
    AskedFieldForm,
    AskedFormSet,
    CategoryWindowForm,
    CategoryWindowFormSet,
    DeclarationForm,
    EventTermsForm,
    PlacesForm,
    PlacesFormSet,
    RuleForm,
    RuleFormSet,
)
from registration.models import AskedField, Declaration, Places, Rule, Terms
from registration.services.capacity import Counters, recount


class RuleInline(BilingualInline):
    model = Rule
    form, formset = RuleForm, RuleFormSet
    fields = (
        ("kind", "severity", "number", "percent", "rounding"),
        ("category", "status", "chambers", "population", "order"),
        "text",
    )


class AskedFieldInline(admin.TabularInline):
    """Every field of the catalogue, under the headings of the form."""

    model = AskedField
    form, formset = AskedFieldForm, AskedFormSet
    template = "admin/registration/terms/fields.html"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AskedField]:
        """Without the fields that every event asks for.

        A preset stores rows for them, but the page does not show them.
        """
        return super().get_queryset(request).filter(name__in=CHOSEN)


class DeclarationInline(BilingualInline):
    model = Declaration
    form = DeclarationForm
    fields = (("kind", "is_required", "order"), "statement", "text")
    rich_text = ("text",)


class PlacesInline(admin.TabularInline):
    model = Places
    form, formset = PlacesForm, PlacesFormSet
    fields = ("category", "places", "taken")
    readonly_fields = ("taken",)
    extra = 0


class CategoryWindowInline(admin.TabularInline):
    model = Window
    form, formset = CategoryWindowForm, CategoryWindowFormSet
    fields = ("stage", "category", "first_day", "last_day")
    verbose_name = gettext_lazy("deadline of one category")
    verbose_name_plural = gettext_lazy("deadlines of single categories")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Window]:
        return super().get_queryset(request).exclude(category="")


@admin.register(Terms)
class TermsAdmin(ReminderPages, BilingualAdmin):
    form = EventTermsForm
    change_form_template = "admin/registration/terms/change_form.html"
    fields = ("seen",)
    inlines = (
        RuleInline,
        AskedFieldInline,
        DeclarationInline,
        PlacesInline,
        CategoryWindowInline,
        ReminderInline,
    )
    list_display = ("__str__", "held", "rule_count", "field_count", "place_count")
    search_fields = ("search_text", "slug", "reference")
    ordering = ("-first_day", "pk")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Terms]:
        counts = {name: models.Count(name, distinct=True) for name in ("rules", "asked_fields")}
        everybody = models.Q(places__category="")
        places = models.Sum("places__places", filter=everybody, distinct=True)
        return (
            super()
            .get_queryset(request)
            .annotate(rule_total=counts["rules"], field_total=counts["asked_fields"], place_total=places)
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Terms are deleted with their event."""
        return False

    def get_urls(self) -> list[URLPattern]:
        # A transaction, because the view locks the event.
        view = transaction.atomic(require_http_methods(["GET", "POST"])(self.take_preset))
        presets_path = self.own_path("<int:pk>/presets/<str:preset>/", view, "preset")
        return [presets_path, *self.reminder_paths(), *super().get_urls()]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Terms | None:
        """Lock the event and its places when saving, in the same order as registrations do."""
        if request.method == "POST":
            for event in Event.objects.select_for_update(no_key=True).filter(pk=parse_number(object_id)):
                Counters.lock(event)
        return super().get_object(request, object_id, from_field)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"presets": presets.PRESETS, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def audited_objects(self, obj: Terms) -> Iterable[models.Model]:
        return [obj, *obj.parts]

    def save_model(self, request: HttpRequest, obj: Terms, form: ModelForm, change: bool) -> None:
        """Do not save the event itself."""
        request.values_before = audit.editable_values(*self.audited_objects(obj))  # type: ignore[attr-defined]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        recount(event=form.instance)

    def take_preset(self, request: SignedInRequest, pk: int, preset: str) -> HttpResponse:
        """Show what a preset would change, then apply it, with or without replacing the present terms."""
        terms = self.find(request, pk)
        chosen = presets.PRESETS.get(preset)
        if chosen is None:
            raise Http404
        if request.method == "GET":
            return self._preset_page(request, terms, chosen)
        if request.POST.get("seen") not in {None, fingerprint(terms)}:
            return self._preset_page(request, terms, chosen, changed=OptimisticLockForm.CHANGED)
        replace = "replace" in request.POST
        try:
            services.apply_preset(event=terms, preset=preset, replace=replace, actor=request.user)
        except rules.Refused as refusal:
            return self._preset_page(request, terms, chosen, refusal=refusal)
        messages.success(request, _("The terms of registration are taken from the preset."))
        return redirect("admin:registration_terms_change", pk)

    def _preset_page(
        self, request: HttpRequest, terms: Terms, chosen: presets.Preset, **more: Any
    ) -> HttpResponse:
        plan, adding = presets.plan(terms, chosen), presets.plan(terms, chosen, replace=False)
        plans = {"plan": plan, "adding": adding, "seen": fingerprint(terms)}
        title = str(chosen.name)
        return self.office_page(request, "preset", title, original=terms, preset=chosen, **plans, **more)

    @admin.display(description=capfirst(gettext_lazy("dates")), ordering="first_day")
    def held(self, terms: Terms) -> str:
        return dates.date_range(terms.first_day, terms.last_day, get_language() or "en")

    @admin.display(description=capfirst(gettext_lazy("rules")))
    def rule_count(self, terms: Any) -> str:
        return str(terms.rule_total or _("as a workshop"))

    @admin.display(description=capfirst(gettext_lazy("fields of the form")))
    def field_count(self, terms: Any) -> str:
        return str(terms.field_total or _("as a workshop"))

    @admin.display(description=pgettext_lazy("capacity", "Places"))
    def place_count(self, terms: Any) -> str:
        return str(terms.place_total or "–")
