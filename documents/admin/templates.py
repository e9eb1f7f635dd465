"""Templates in the administration: language tabs, placeholders, a preview beside the form, and versions."""

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Any

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from js_asset import Script

from accounts import audit
from accounts.admin import actor_of
from accounts.limits import allow
from documents.admin.logos import image_tag
from documents.composing import Incomplete
from documents.forms import PaperTextField, PreviewForm, SignatoryForm, TemplateForm, today
from documents.models import Document, Kind, Signatory, Template, TemplateVersion
from documents.models.template import MAX_SIGNATORIES
from documents.pages import comparing
from documents.placeholders import CAPITAL_HELP, CHOICE_HELP
from documents.rules import WORDS, placeholders_for
from documents.services import images, templates
from documents.services.standard import standard_template
from documents.standard_texts import STANDARD
from events.admin.base import BilingualAdmin, BilingualInline

PREVIEW_LIMIT = (40, 60)  # at most 40 previews per user in 60 seconds
_HEAD = ("letterhead", "title", "place", "addressee", "salutation", "subject")


class SignatoryInline(BilingualInline):
    model = Signatory
    form = SignatoryForm
    fields = ("name", "title", ("organisation", "order"), ("picture", "upload", "unsigned"))
    readonly_fields = ("picture",)
    autocomplete_fields = ("organisation",)
    max_num = MAX_SIGNATORIES

    @admin.display(description=_("signature"))
    def picture(self, signatory: Signatory) -> SafeString | str:
        return image_tag(signatory.signature)


@admin.register(Template)
class TemplateAdmin(BilingualAdmin):
    """Event and kind are chosen when a template is created; then the page shows the fields of that kind."""

    form = TemplateForm
    change_form_template = "admin/documents/template/change_form.html"
    list_display = ("event", "kind", "letterhead", "version")
    list_filter = ("kind",)
    list_select_related = ("event", "letterhead")
    search_fields = ("event__title_en", "event__title_es", "event__slug")
    autocomplete_fields = ("event", "letterhead")
    rich_text = ("body", "body_for_bodies")

    class Media:
        js = (Script("js/template-editor.js", defer=True),)

    def get_fieldsets(self, request: HttpRequest, obj: Template | None = None) -> Any:
        first: Any = (None, {"fields": ("event", "kind")})
        if obj is None:
            return [first]
        used = WORDS[Kind(obj.kind)].used
        head = [name for name in used if name in _HEAD]
        text = [name for name in used if name not in _HEAD]
        groups: Any = [(_("Head of the document"), {"fields": head}), (_("Text"), {"fields": text})]
        return self._patch_fieldsets([first, *(group for group in groups if group[1]["fields"])])

    def get_readonly_fields(self, request: HttpRequest, obj: Template | None = None) -> Any:
        return ("event", "kind") if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Template | None) -> Any:
        return (SignatoryInline,) if obj and WORDS[Kind(obj.kind)].is_signed else ()

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        bare = getattr(db_field, "translated_field", db_field)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and bare.name in self.rich_text and bare is not db_field:
            return PaperTextField(
                label=field.label, required=False, help_text=field.help_text, widget=field.widget
            )
        return field

    def get_urls(self) -> list[URLPattern]:
        return [
            self.own_path("<int:pk>/preview/", self.preview_view, "preview"),
            self.own_path("<int:pk>/versions/", self.versions_view, "versions"),
            self.own_path("<int:pk>/versions/<int:number>/restore/", self.restore_view, "restore"),
            *super().get_urls(),
        ]

    def audited_objects(self, obj: Template) -> Iterable[models.Model]:
        return [obj, *obj.signatories.all()]

    @method_decorator(csp_replace({"frame-src": ["'self'"]}))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if template := context.get("original"):
            # The renderer takes a second to load: it is ready when the first preview is asked for.
            Thread(target=import_module, args=["documents.services.previewing"], daemon=True).start()
            context |= {
                "placeholders": placeholders_for(template.kind),
                "choice_help": CHOICE_HELP,
                "capital_help": CAPITAL_HELP,
                "preview": PreviewForm(template, initial={"language": request.LANGUAGE_CODE}),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Template, form: Any, change: bool) -> None:
        """Fill a new template with standard texts, if its kind has some; keep the old texts of a changed one."""
        if not change and obj.kind in STANDARD:
            begun = standard_template(event=obj.event, kind=Kind(obj.kind), actor=actor_of(request))
            obj.__dict__.update(begun.__dict__)
        elif change:
            templates.keep_version(Template.objects.get(pk=obj.pk))
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.forms:
            if row.picture:
                images.get_or_create_image(row.picture, actor_of(request))
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            templates.keep_version(form.instance, actor_of(request))

    def response_post_save_add(self, request: HttpRequest, obj: Template) -> HttpResponseRedirect:
        return redirect("admin:documents_template_change", obj.pk)

    @method_decorator(require_POST)
    @method_decorator(xframe_options_sameorigin)
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the PDF of the texts in the form, or a page with the errors. Nothing is saved."""
        template = self._editable(request, pk)
        form = self.get_form(request, template, change=True)(request.POST, request.FILES, instance=template)
        formsets = self._formsets(request, template)
        asked = PreviewForm(template, request.POST)
        if not allow("preview", request.user.pk, PREVIEW_LIMIT):
            return self._problems(request, [_("Too many previews in a short time. Wait a minute.")], 429)
        if wrong := _errors(form, *(row for formset in formsets for row in formset.forms), asked):
            return self._problems(request, wrong, 400)
        from documents.services import previewing  # noqa: PLC0415  loads the renderer

        if asked.person:
            audit.record(actor_of(request), "template.shown", template, changes={"participant": asked.person})
        rows = [row for formset in formsets for row in formset.forms if row.picture]
        try:
            pdf = previewing.render_preview(
                template,
                save=partial(_save, form, *formsets),
                day=today(template.event),
                choice=asked.order,
                pictures={row.picture.name: row.picture.data for row in rows},
            )
        except Incomplete as nothing:
            return self._problems(request, nothing.reasons, 400)
        return _in_frame(HttpResponse(pdf, content_type="application/pdf"))

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the versions: changes, authors, and the number of documents made from each."""
        template = self._editable(request, pk)
        versions = list(TemplateVersion.objects.of(template).select_related("kept_by"))
        made = Document.objects.done().filter(event=template.event, kind=template.kind)
        numbers = made.values_list("template_version").annotate(count=models.Count("pk")).order_by()
        title = _("Versions: %(template)s") % {"template": template}
        context = {
            "original": template,
            "versions": comparing.version_history(versions, dict(numbers)),
        }
        return self.own_page(request, "admin/documents/template/versions.html", title, **context)

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        template = self._editable(request, pk)
        version = get_object_or_404(TemplateVersion.objects.of(template), number=number)
        try:
            kept = templates.restore(template=template, version=version, actor=actor_of(request))
        except templates.NotRestorable as reason:
            messages.error(request, str(reason))
        else:
            words = _("The template says again what it said in version %(old)d; this is version %(new)d.")
            messages.success(request, words % {"old": number, "new": kept.number})
        return redirect("admin:documents_template_versions", pk)

    def _formsets(self, request: HttpRequest, template: Template) -> list[Any]:
        """Return the signatories as sent with the page, for a preview."""
        formsets = self.get_formsets_with_inlines(request, template)
        return [
            formset(
                request.POST,
                request.FILES,
                instance=template,
                prefix=formset.get_default_prefix(),
                form_kwargs={"is_tried": True},
            )
            for formset, _inline in formsets
        ]

    def _editable(self, request: HttpRequest, pk: int) -> Template:
        """Return the template if the user may change it. Raises Http404."""
        template = self.get_object(request, str(pk))
        if template is None or not self.has_change_permission(request, template):
            raise Http404
        return template

    def _problems(self, request: HttpRequest, problems: Iterable[object], status: int) -> HttpResponse:
        page = TemplateResponse(
            request, "admin/documents/template/problems.html", {"problems": problems}, status=status
        )
        return _in_frame(page)


def _in_frame(response: HttpResponse) -> HttpResponse:
    """Return the response with a policy that allows the template's own page to show it in a frame."""
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    return response


def _save(form: forms.ModelForm, *formsets: Any) -> None:
    form.save()
    for formset in formsets:
        formset.save()


def _errors(*forms_: Any) -> list[str]:
    """Return the errors of all forms, each with the label of its field."""
    errors = []
    for form in forms_:
        if not form.is_valid():
            for name, texts in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                errors += [f"{label}: {error}" if label else str(error) for error in texts]
    return errors
