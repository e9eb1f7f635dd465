"""Bilingual texts. Only this module chooses between the columns of the two languages."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from accounts.language import LANGUAGE_CODES
from events import richtext


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language. `fell_back` is True if this is not the requested language."""

    value: str = ""
    language: str = ""
    fell_back: bool = False

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def html(self) -> SafeString:
        """The escaped text; if it fell back, in a `span` with its language."""
        if not self.fell_back:
            return escape(self.value)
        return format_html('<span lang="{}">{}</span>', self.language, self.value)

    @property
    def rich(self) -> SafeString:
        """The text as cleaned HTML in a `div`, which has a `lang` attribute if the text fell back."""
        if not self:
            return SafeString("")
        language = format_html(' lang="{}"', self.language) if self.fell_back else ""
        return format_html('<div class="prose"{}>{}</div>', language, richtext.clean(self.value))


def find(obj: Model | None, field: str, language: str) -> Text:
    """Return the text of a translated field in this language, or in another one; an empty Text if there is none."""
    others = (code for code in LANGUAGE_CODES if code != language)
    for code in (language, *others):
        value = (getattr(obj, f"{field}_{code}") if obj else "") or ""
        if not richtext.is_empty(value):
            return Text(value, code, fell_back=code != language)
    return Text()
