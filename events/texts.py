"""Texts that exist in two languages: the one place that looks at two columns to show one."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from accounts.language import LANGUAGE_CODES
from events import richtext


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language that it is in. `fell_back` when that is not the one asked for."""

    value: str = ""
    language: str = ""
    fell_back: bool = False

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def html(self) -> SafeString:
        """The text escaped, in a `span` that names its language where the page has another."""
        if not self.fell_back:
            return escape(self.value)
        return format_html('<span lang="{}">{}</span>', self.language, self.value)

    @property
    def rich(self) -> SafeString:
        """The text as clean HTML in a block, which names its language where the page has another."""
        if not self:
            return SafeString("")
        language = format_html(' lang="{}"', self.language) if self.fell_back else ""
        return format_html('<div class="prose"{}>{}</div>', language, richtext.clean(self.value))


def find(obj: Model | None, field: str, language: str) -> Text:
    """The text of a translated field in the language, or else in another one; empty when there is none."""
    others = (code for code in LANGUAGE_CODES if code != language)
    for code in (language, *others):
        value = (getattr(obj, f"{field}_{code}") if obj else "") or ""
        if not richtext.is_empty(value):
            return Text(value, code, fell_back=code != language)
    return Text()
