"""The rich text editor for forms. It offers the formatting that `richtext` allows, with labelled buttons."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.widgets import ProseEditorWidget, prose_editor_media
from js_asset import InlineStyle, Media, Script

from events import richtext

GROUPS = ("marks", "blockType -lists", "lists", "link", "table", "history")
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False},
    "HardBreak": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "NoSpellCheck": False,
    "Menu": {"groups": [{"group": group} for group in GROUPS]},  # no drop-down: keyboards cannot reach it
}
WORDS = {
    "toolbar": _("Formatting"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "paragraph": _("Paragraph"),
    "heading3": _("Heading"),
    "heading4": _("Smaller heading"),
    "blockquote": _("Quotation"),
    "bulletList": _("List with bullets"),
    "orderedList": _("Numbered list"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "table": _("Insert a table"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Remove the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Remove the row"),
    "table:mergeCells": _("Merge cells"),
    "table:splitCell": _("Split the cell"),
    "table:toggleHeaderCell": _("Header cell or not"),
    "table:deleteTable": _("Remove the table"),
    "history:undo": pgettext_lazy("button: take the last change back", "Undo"),
    "history:redo": pgettext_lazy("button: make the last change again", "Redo"),
    # The editor looks these up by its own English texts.
    "URL": _("Address of the page (https://…) or of a mailbox (mailto:…)"),
    "Edit Link": _("Link"),
    "Update": pgettext_lazy("button: use what was typed", "Apply"),
    "Cancel": pgettext_lazy("button: close and change nothing", "Cancel"),
    "Rows": _("Rows"),
    "Columns": _("Columns"),
    "Include header row": _("With a header row"),
    "Table Properties": _("Table"),
    "Insert Table": _("Insert a table"),
}


class RichTextWidget(ProseEditorWidget):
    """The editor. `admin-editor.js` labels its buttons and its field in the reader's language.

    Tiptap adds a style element to the page, which the content security policy forbids, unless it finds one with its
    attribute. So an empty one is added.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, config={"extensions": EXTENSIONS}, preset="configurable")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show a text that is too long without the editor, which would block the browser for minutes."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if len(value or "") > richtext.MAX_TYPED:
            del context["widget"]["attrs"][f"data-django-prose-editor-{self.preset}"]
        return context

    @property
    def media(self) -> Media:
        words = json.dumps({name: str(word) for name, word in WORDS.items()})
        ours = Media(
            css={"all": [InlineStyle("", **{"data-tiptap-style": ""})]},
            js=[Script("js/admin-editor.js", **{"data-words": words})],
        )
        return ours + prose_editor_media(preset=self.preset) + Media(css={"all": ["css/editor.css"]})


class RichTextField(forms.CharField):
    """Cleans formatted text; an empty editor gives "". A text beyond the limits is refused with the reason."""

    widget = RichTextWidget

    def clean(self, value: Any) -> str:
        try:
            html = richtext.clean_or_refuse(super().clean(value) or "")
        except richtext.RichTextRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused
        return "" if richtext.is_empty(html) else html
