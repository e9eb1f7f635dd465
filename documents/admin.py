"""Letter templates, documents and batches in the administration."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.admin import actor_of, tag
from accounts.models import User
from documents import services
from documents.forms import TemplateForm, VoidForm
from documents.models import Batch, Document, Signatory, Template
from documents.models.template import MAX_SIGNATORIES
from documents.placeholders import CAPITAL_HELP, CHOICE_HELP, LETTER
from events.admin.base import BilingualAdmin, BilingualInline
from jobs.admin import JobAdmin
from jobs.models import State
from registration.admin import InvitationAdmin

VALIDITY_TONES = {
    Document.Validity.VALID: "good",
    Document.Validity.REPLACED: "warn",
    Document.Validity.VOID: "bad",
}


class SignatoryInline(BilingualInline):
    model = Signatory
    fields = ("name", "title", ("organisation", "order"))
    autocomplete_fields = ("organisation",)
    max_num = MAX_SIGNATORIES


@admin.register(Template)
class TemplateAdmin(BilingualAdmin):
    """A letter's words, with the list of the placeholders that they may hold."""

    form = TemplateForm
    change_form_template = "admin/documents/template/change_form.html"
    list_display = ("event", "kind", "letterhead", "version")
    list_filter = ("kind",)
    list_select_related = ("event", "letterhead")
    search_fields = ("event__title_en", "event__title_es", "event__slug")
    autocomplete_fields = ("event", "letterhead")
    rich_text = ("body", "body_for_bodies")
    inlines = (SignatoryInline,)
    fieldsets = (
        (None, {"fields": ("event", "kind")}),
        (_("Head of the letter"), {"fields": ("letterhead", "place", "addressee", "salutation", "subject")}),
        (_("Text"), {"fields": ("body", "body_for_bodies", "closing", "enclosures")}),
    )

    def audited(self, obj: Template) -> Iterable[models.Model]:
        return [obj, *obj.signatories.all()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"placeholders": LETTER, "choice_help": CHOICE_HELP, "capital_help": CAPITAL_HELP}
        return super().render_change_form(request, context, *args, **kwargs)


@admin.action(description=_("Make letters to the selected ones…"), permissions=["view"])
def make_letters(_model_admin: admin.ModelAdmin, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """On to the desk's page, where the order is checked and made."""
    chosen = queryset.values_list("event__slug", "organisation__code")
    if len(events := {slug for slug, _code in chosen}) != 1:
        messages.error(
            request, _("Letters are made for one event at a time: choose invitations to one event.")
        )
        return None
    picked = [("which", "picked"), *(("picked", code) for _slug, code in chosen)]
    return redirect(f"{reverse('documents:order', args=[*events])}?{urlencode(picked)}")


InvitationAdmin.actions = (*InvitationAdmin.actions, make_letters)  # type: ignore[assignment]


@admin.register(Document)
class DocumentAdmin(JobAdmin):
    """Every document: what became of it, and whether it is in force."""

    change_form_template = "admin/documents/document.html"
    list_display = (
        "reference",
        "addressee",
        "language",
        "state_tag",
        "why",
        "validity_tag",
        "pages",
        "finished_at",
    )
    list_filter = ("state", "validity", "kind", "language", "event")
    list_per_page = 50
    list_select_related = ("organisation", "event")
    search_fields = ("reference", "code", "organisation__name_en", "organisation__name_es")
    date_hierarchy = "created_at"
    fields = (
        ("state_tag", "why"),
        ("validity_tag", "void_reason"),
        ("kind", "event", "addressee", "language"),
        ("reference", "code", "date"),
        ("pages", "size", "file_sha256"),
        ("created_at", "finished_at", "errors", "deaths"),
        ("last_batch", "template_version", "requested_by"),
    )
    readonly_fields = ("state_tag", "why", "validity_tag", "addressee", "requested_by", "template_version")

    def get_urls(self) -> list[URLPattern]:
        void = self.admin_site.admin_view(self.void)
        return [path("<int:pk>/void/", void, name="documents_document_void"), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        document = self.get_object(request, object_id)
        verbs = {"can_void": document is not None and _can_void(document)}
        return super().change_view(request, object_id, form_url, verbs | (extra_context or {}))

    def void(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, say what follows, then declare the document void."""
        document = self.get_object(request, str(pk))
        if document is None or not _can_void(document):
            raise Http404
        form = VoidForm(request.POST or None)
        if form.is_valid():
            services.void(document=document, reason=form.cleaned_data["reason"], actor=actor_of(request))
            messages.success(request, _("%(document)s is void.") % {"document": document})
            return redirect("admin:documents_document_change", pk)
        title = _("Declare %(document)s void") % {"document": document}
        context = self.admin_site.each_context(request) | {"title": title, "form": form, "original": document}
        return TemplateResponse(request, "admin/documents/void.html", context | {"opts": self.opts})

    def try_again(self, job: Document, actor: User) -> None:
        services.retry(document=job, actor=actor)

    @admin.display(description=capfirst(_("addressee")), ordering="subject")
    def addressee(self, document: Document) -> str:
        return " · ".join(filter(None, (str(document.organisation or "–"), document.chamber)))

    @admin.display(description=capfirst(_("validity")), ordering="validity")
    def validity_tag(self, document: Document) -> SafeString | str:
        if document.state != State.DONE:
            return "–"
        return tag(document.get_validity_display(), VALIDITY_TONES[Document.Validity(document.validity)])


def _can_void(document: Document) -> bool:
    return document.state == State.DONE and document.validity != Document.Validity.VOID


@admin.register(Batch)
class BatchAdmin(JobAdmin):
    """Orders of documents. What can be done with one stands on the desk's page."""

    list_display = ("__str__", "event", "languages", "progress", "state_tag", "why", "requested_by", "page")
    list_filter = ("state", "kind", "languages", "event")
    list_select_related = ("event", "requested_by")
    date_hierarchy = "created_at"
    fields = (
        ("state_tag", "why"),
        ("kind", "event", "date"),
        ("languages", "chambers"),
        ("progress", "page"),
        ("requested_by", "created_at", "finished_at"),
    )
    readonly_fields = ("state_tag", "why", "progress", "page", "requested_by")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Batch]:
        return Batch.objects.with_progress()

    @admin.display(description=_("Done"))
    def progress(self, batch: Any) -> str:
        return f"{batch.done}/{batch.all}"

    @admin.display(description=pgettext_lazy("documents", "Desk"))
    def page(self, batch: Batch) -> SafeString:
        return format_html('<a href="{}">{}</a>', batch.get_absolute_url(), _("Progress and files"))
