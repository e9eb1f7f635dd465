"""What is asked of whoever edits a template."""

from typing import Any

from django import forms

from accounts.language import LANGUAGE_CODES
from documents.models import Template
from documents.placeholders import PlaceholderError
from documents.rules import HTML_FIELDS, TEXT_FIELDS, require_known


class TemplateForm(forms.ModelForm):
    """A letter's texts; a placeholder that is none is refused with the field and language it stands in."""

    class Meta:
        model = Template
        exclude = ()  # noqa: DJ006  the page's fieldsets name the fields

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind") or self.instance.kind
        for field in (*TEXT_FIELDS, *HTML_FIELDS):
            for code in LANGUAGE_CODES:
                try:
                    require_known(kind, field, cleaned.get(f"{field}_{code}") or "")
                except PlaceholderError as error:
                    self.add_error(f"{field}_{code}", str(error))
        return cleaned
