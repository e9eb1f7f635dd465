"""Which texts of a letter exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from documents.models import Signatory, Template


@register(Template)
class TemplateTranslation(TranslationOptions):
    fields = (
        "title",
        "place",
        "addressee",
        "salutation",
        "subject",
        "body",
        "body_for_bodies",
        "closing",
        "enclosures",
    )


@register(Signatory)
class SignatoryTranslation(TranslationOptions):
    fields = ("title",)
