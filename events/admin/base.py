"""What the pages of bilingual objects share: language tabs, the rich text editor, one line of audit for each edit."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTimeWidget
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from js_asset import Script
from modeltranslation.admin import TabbedTranslationAdmin, TranslationStackedInline

from accounts.admin import AuditedAdmin
from events.editor import RichTextField, RichTextWidget
from events.forms import BilingualForm


class EditorForms(admin.options.BaseModelAdmin):
    """Texts are written in whatever language comes first; those named in `rich_text` in the editor."""

    form: type[forms.ModelForm] = BilingualForm
    rich_text: Collection[str] = ()
    formfield_overrides = {models.TimeField: {"widget": AdminTimeWidget(format="%H:%M")}}

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        bare = getattr(db_field, "translated_field", db_field)
        if bare.name in self.rich_text:
            kwargs |= {"form_class": RichTextField, "widget": RichTextWidget}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and bare is not db_field:
            # modeltranslation asks for the default language; the form asks for one of them.
            field.required = False
        return field


class BilingualAdmin(EditorForms, AuditedAdmin, TabbedTranslationAdmin):
    """A page with a tab for each language, and one switch for all of them beside its title."""

    class Media:
        js = (Script("js/admin-forms.js", defer=True, **{"data-languages": _("Language of the texts")}),)


class BilingualInline(EditorForms, TranslationStackedInline):
    """Rows with a tab for each language. New ones are added by the button, none stand there empty."""

    extra = 0


class OrderedInline(admin.TabularInline):
    """Rows in an order that buttons change (admin-order.js)."""

    extra = 0


def is_referred_to(obj: models.Model, *, protected: bool = False) -> bool:
    """Whether rows of any app point to the object; if `protected`, only rows that keep it from being deleted."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: obj}).exists()
        for relation in obj._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and (relation.on_delete is models.PROTECT or not protected)
    )
