"""Documents and orders in the administration."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin import actor_of, tag
from accounts.models import User
from attachments.templatetags.attachments import filesize
from documents import services
from documents.forms import VoidForm
from documents.models import Batch, Document, Template
from jobs.admin import JobAdmin
from jobs.models import State
from registration.admin import InvitationAdmin

MAX_PICKED = 200  # keys in one address; gunicorn accepts 4,094 bytes

VALIDITY_TONES = {
    Document.Validity.VALID: "good",
    Document.Validity.REPLACED: "warn",
    Document.Validity.VOID: "bad",
}


def open_order_page(
    request: HttpRequest, page: str, chosen: models.QuerySet[Any, Any], *, several_events: str, too_many: str
) -> HttpResponse | None:
    """Redirect to this order page of the desk, with the chosen rows ticked.

    `chosen` yields pairs of an event's slug and a key. If the rows belong to several events or are too many, show
    the message and return None.
    """
    rows = list(chosen[: MAX_PICKED + 1])
    if len(events := {slug for slug, _key in rows}) != 1:
        messages.error(request, several_events)
    elif len(rows) > MAX_PICKED:
        messages.error(request, too_many % {"limit": MAX_PICKED})
    else:
        picked = [("which", "picked"), *(("picked", key) for _slug, key in rows)]
        return redirect(f"{reverse(f'documents:{page}', args=[*events])}?{urlencode(picked)}")
    return None


@admin.action(description=_("Make letters to the selected ones…"), permissions=["view"])
def make_letters(_model_admin: admin.ModelAdmin, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Redirect to the desk's page where letters are ordered."""
    return open_order_page(
        request,
        "order",
        queryset.values_list("event__slug", "organisation__code"),
        several_events=gettext("Letters are made for one event at a time: choose invitations to one event."),
        too_many=gettext(
            "Choose at most %(limit)d invitations. On the desk you can make letters to all that are invited."
        ),
    )


InvitationAdmin.actions = (*InvitationAdmin.actions, make_letters)  # type: ignore[assignment]


@admin.register(Document)
class DocumentAdmin(JobAdmin):
    """All documents, with the state of their job and their validity."""

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
    list_select_related = ("organisation", "event", "delegation__organisation", "participant")
    search_fields = ("reference", "code", "organisation__name_en", "organisation__name_es")
    date_hierarchy = "created_at"
    fields = (
        ("state_tag", "why"),
        ("validity_tag", "why_void"),
        ("kind", "event", "addressee", "language"),
        ("reference", "code", "date"),
        ("pages", "file_size", "file_sha256"),
        ("created_at", "finished_at", "errors", "deaths"),
        ("last_batch", "made_from", "requested_by"),
    )
    readonly_fields = (
        "state_tag",
        "why",
        "validity_tag",
        "why_void",
        "file_size",
        "addressee",
        "requested_by",
        "made_from",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Document]:
        """Leave out the snapshots: that of a list of participants has a megabyte."""
        return super().get_queryset(request).defer("snapshot")

    def get_urls(self) -> list[URLPattern]:
        return [self.own_path("<int:pk>/void/", self.void, "void"), *super().get_urls()]

    def available_actions(self, job: Document) -> dict[str, bool]:
        return super().available_actions(job) | {"can_void": _can_void(job)}

    def void(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Explain the consequences and ask for the reason, then declare the document void."""
        document = self.get_object(request, str(pk))
        if document is None or not _can_void(document):
            raise Http404
        form = VoidForm(request.POST or None)
        if form.is_valid():
            try:
                services.void(document=document, reason=form.cleaned_data["reason"], actor=actor_of(request))
            except services.NotVoidable as gone:
                raise Http404 from gone
            messages.success(request, _("%(document)s is void.") % {"document": document})
            return redirect("admin:documents_document_change", pk)
        title = _("Declare %(document)s void") % {"document": document}
        return self.own_page(request, "admin/documents/void.html", title, form=form, original=document)

    def try_again(self, job: Document, actor: User) -> None:
        services.retry(document=job, actor=actor)

    @admin.display(description=capfirst(_("addressee")), ordering="subject")
    def addressee(self, document: Document) -> str:
        body = document.organisation or (document.delegation and document.delegation.name)
        return " · ".join(str(part) for part in (body, document.chamber, document.participant) if part) or "–"

    @admin.display(description=_("why it is void"))
    def why_void(self, document: Document) -> str:
        return document.why_void or "–"

    @admin.display(description=capfirst(_("size")), ordering="size")
    def file_size(self, document: Document) -> str:
        return filesize(document.size)

    @admin.display(description=_("version of the template"))
    def made_from(self, document: Document) -> SafeString | str:
        """The version of the template, with a link to its text if the template still exists."""
        template = Template.objects.filter(event=document.event_id, kind=document.kind).first()
        if not document.template_version or template is None:
            return str(document.template_version or "–")
        page = reverse("admin:documents_template_versions", args=[template.pk])
        number = document.template_version
        return format_html('<a href="{}#version-{}">{}</a>', page, number, number)

    @admin.display(description=capfirst(_("validity")), ordering="validity")
    def validity_tag(self, document: Document) -> SafeString | str:
        if document.state != State.DONE:
            return "–"
        return tag(document.get_validity_display(), VALIDITY_TONES[Document.Validity(document.validity)])


def _can_void(document: Document) -> bool:
    return document.state == State.DONE and document.validity != Document.Validity.VOID


@admin.register(Batch)
class BatchAdmin(JobAdmin):
    """Orders of documents. Their actions are on the desk's page."""

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
