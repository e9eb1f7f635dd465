"""Base classes for admin pages of bilingual objects: language tabs, the rich text editor, and the audit trail."""

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
    """Accepts each text in one language only, and shows the editor for the fields in `rich_text`."""

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
            # modeltranslation requires the default language; BilingualForm requires any one language.
            field.required = False
        return field


class BilingualAdmin(EditorForms, AuditedAdmin, TabbedTranslationAdmin):
    """A page with a tab for each language, and one switch for all tabs beside the title."""

    class Media:
        js = (Script("js/admin-forms.js", defer=True, **{"data-languages": _("Language of the texts")}),)


class BilingualInline(EditorForms, TranslationStackedInline):
    """Rows with a tab for each language. A button adds new rows; no empty rows are shown."""

    extra = 0


class OrderedInline(admin.TabularInline):
    """Rows whose order is changed with buttons (admin-order.js)."""

    extra = 0


def is_referred_to(obj: models.Model, *, protected: bool = False) -> bool:
    """Return True if rows of any app refer to the object. `protected` counts only rows that prevent its deletion."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: obj}).exists()
        for relation in obj._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and (relation.on_delete is models.PROTECT or not protected)
    )
