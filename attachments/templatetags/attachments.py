"""What a list says about a file beside its title."""

from django import template
from django.utils.translation import get_language

from attachments.models import Attachment
from attachments.sizes import file_size
from attachments.validators import TYPES

register = template.Library()


@register.filter
def filesize(size: int) -> str:
    """“1.38 MB”, in Spanish “1,38 MB”."""
    return file_size(size, get_language() or "en")


@register.filter
def filetype(attachment: Attachment) -> str:
    """“PDF”, “Word”: the type as people say it."""
    known = TYPES.get(attachment.extension)
    return known.label if known else attachment.extension.upper()


@register.filter
def foreign_language(attachment: Attachment) -> str:
    """The code of the one language of a file that is in another than the page; empty otherwise."""
    codes = attachment.languages.split(",")
    return codes[0] if len(codes) == 1 and codes[0] != get_language() else ""
