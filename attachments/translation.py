"""Which texts of a file exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from attachments.models import Attachment


@register(Attachment)
class AttachmentTranslation(TranslationOptions):
    fields = ("title", "presented_by_text")
