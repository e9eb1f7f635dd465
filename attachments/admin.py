"""Attachments in the administration: several files are uploaded at once, then each one is described."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin import actor_of
from accounts.requests import parse_number
from attachments import services
from attachments.forms import AttachmentForm, UploadForm
from attachments.models import Attachment
from attachments.templatetags.attachments import filesize, filetype
from events.admin import BilingualAdmin, BilingualInline
from events.models import Event, Session
from events.templatetags.convoca import language_names


def _object_id(request: HttpRequest) -> Any:
    """Return the key of the object whose page is requested."""
    return request.resolver_match.kwargs.get("object_id") if request.resolver_match else None


class AttachmentInline(BilingualInline):
    """Edit the order and the descriptions of an event's files. New files are added on the upload page."""

    model = Attachment
    form = AttachmentForm
    template = "admin/attachments/attachment/inline.html"
    fields: ClassVar[tuple[Any, ...]] = (("kind", "session", "audience", "order"), "title", "languages")
    show_change_link = True
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name == "session":
            kwargs["queryset"] = Session.objects.filter(event=_object_id(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SessionAttachmentInline(AttachmentInline):
    """The files of one session."""

    fields = (("kind", "audience", "order"), "title", "languages")


@admin.register(Attachment)
class AttachmentAdmin(BilingualAdmin):
    form = AttachmentForm
    list_display = ("title", "event", "session", "kind", "type_and_size", "written_in", "audience")
    list_filter = ("kind", "audience", "event")
    list_select_related = ("event", "session")
    search_fields = ("title_en", "title_es", "file_name")
    autocomplete_fields = ("presented_by",)
    readonly_fields = ("event", "download", "type_and_size", "checksum", "added_by", "added_at")
    view_on_site = False
    fieldsets = (
        (None, {"fields": ("event", "session", "kind", "title", "languages")}),
        (
            gettext_lazy("Who presents it, and who may have it"),
            {"fields": ("presented_by", "presented_by_text", ("audience", "is_accessible"), "order")},
        ),
        (
            gettext_lazy("The file"),
            {"fields": ("download", "type_and_size", "checksum", ("added_by", "added_at"), "replacement")},
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        return [self.own_path("upload/", self.upload, "upload"), *super().get_urls()]

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name == "session":
            kwargs["queryset"] = Session.objects.filter(event__attachments=_object_id(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def add_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Redirect to the upload page, which also serves for a single file."""
        return redirect("admin:attachments_attachment_upload")

    def save_related(self, request: HttpRequest, form: forms.ModelForm, *args: Any, **kwargs: Any) -> None:
        super().save_related(request, form, *args, **kwargs)
        if file := form.cleaned_data.get("replacement"):
            services.replace_file(attachment=form.instance, file=file, actor=actor_of(request))

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Upload several files for one event. The page shows which files were refused, and why; the others are kept."""
        if (chosen := parse_number(request.GET.get("event", ""))) < 0:
            return self._page(request, _("Upload files: for which event?"), events=Event.objects.all())
        event = get_object_or_404(Event, pk=chosen)
        form = UploadForm(
            request.POST or None, request.FILES or None, event=event, initial=request.GET.dict()
        )
        if form.is_valid() and self._add(request, event, form):
            return redirect(reverse("admin:events_event_change", args=[event.pk]) + "#attachments-group")
        return self._page(request, _("Upload files: %(event)s") % {"event": event}, event=event, form=form)

    def _add(self, request: HttpRequest, event: Event, form: UploadForm) -> bool:
        """Add the files, and show the refused ones as messages or form errors. Return True if any file was kept."""
        added = services.add_attachments(
            event=event, files=form.cleaned_data["uploads"], actor=actor_of(request), **form.details()
        )
        for refused in added.refused:
            if added.kept:
                messages.error(request, str(refused))
            else:
                form.add_error("uploads", str(refused))
        if count := len(added.kept):
            kept = ngettext("%(count)s file was added.", "%(count)s files were added.", count) % {
                "count": count
            }
            messages.success(request, kept + " " + _("Look at the titles in both languages."))
        return bool(added.kept)

    def _page(self, request: HttpRequest, title: str, **context: Any) -> HttpResponse:
        return self.own_page(request, "admin/attachments/attachment/upload.html", title, **context)

    @admin.display(description=capfirst(gettext_lazy("file")))
    def download(self, attachment: Attachment) -> SafeString:
        return format_html('<a href="{}">{}</a>', attachment.get_absolute_url(), attachment.file_name)

    @admin.display(description=capfirst(gettext_lazy("languages of the file")), ordering="languages")
    def written_in(self, attachment: Attachment) -> str:
        return language_names(attachment.languages) if attachment.languages else "–"

    @admin.display(description=gettext_lazy("Type and size"), ordering="size")
    def type_and_size(self, attachment: Attachment) -> str:
        return f"{filetype(attachment)}, {filesize(attachment.size)}"
