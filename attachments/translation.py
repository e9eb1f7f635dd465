"""The fields of attachments that are translated."""

from modeltranslation.translator import TranslationOptions, register

from attachments.models import Attachment


@register(Attachment)
class AttachmentTranslation(TranslationOptions):
    fields = ("title", "presented_by_text")
