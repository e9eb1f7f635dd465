"""Model fields of this app that exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from registration.models import Circular, Declaration, PresidingOfficer, Rule, Terms


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


@register(Terms)
class TermsTranslation(TranslationOptions):
    """A proxy of Event: it inherits the translated fields of the event."""
