"""The fields of templates and signatories that exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from documents.models import Signatory, Template
from documents.rules import TRANSLATED


@register(Template)
class TemplateTranslation(TranslationOptions):
    fields = TRANSLATED


@register(Signatory)
class SignatoryTranslation(TranslationOptions):
    fields = ("title",)
