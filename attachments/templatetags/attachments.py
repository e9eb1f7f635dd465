"""Template filters for lists of files."""

from django import template
from django.utils.translation import get_language

from attachments.models import Attachment
from attachments.sizes import file_size
from attachments.validators import TYPES

register = template.Library()


@register.filter
def filesize(size: int) -> str:
    """Return a size in bytes as “1.38 MB”, in Spanish “1,38 MB”."""
    return file_size(size, get_language() or "en")


@register.filter
def filetype(attachment: Attachment) -> str:
    """Return the usual name of the file's type, such as “PDF” or “Word”."""
    known = TYPES.get(attachment.extension)
    return known.label if known else attachment.extension.upper()


@register.filter
def foreign_language(attachment: Attachment) -> str:
    """Return the language code of a file that is only in another language than the page; "" otherwise."""
    codes = attachment.languages.split(",")
    return codes[0] if len(codes) == 1 and codes[0] != get_language() else ""
