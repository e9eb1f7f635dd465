"""Which texts of the directory exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from registration.models import Circular, Declaration, PresidingOfficer, Rule


@register(PresidingOfficer)
class PresidingOfficerTranslation(TranslationOptions):
    fields = ("chamber_name",)


@register(Rule)
class RuleTranslation(TranslationOptions):
    fields = ("text",)


@register(Declaration)
class DeclarationTranslation(TranslationOptions):
    fields = ("statement", "text")


@register(Circular)
class CircularTranslation(TranslationOptions):
    fields = ("subject", "text")
