"""Which texts of the directory exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from registration.models import PresidingOfficer


@register(PresidingOfficer)
class PresidingOfficerTranslation(TranslationOptions):
    fields = ("chamber_name",)
