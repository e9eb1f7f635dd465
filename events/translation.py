"""The fields of events that are translated, with one column for each language."""

from modeltranslation.translator import TranslationOptions, register

from events.models import AgendaItem, Event, EventSection, Organisation, Panellist, Session


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = (
        "country",
        "country_in_sentence",
        "name",
        "name_in_sentence",
        "acronym",
        "motto",
        "letterhead",
        "issuing_office",
        "aide_memoire_title",
    )


@register(Event)
class EventTranslation(TranslationOptions):
    fields = (
        "title",
        "name_in_sentence",
        "theme",
        "summary",
        "description",
        "after_text",
        "venue",
        "city",
        "country",
        "contact_unit",
    )


@register(EventSection)
class EventSectionTranslation(TranslationOptions):
    fields = ("text",)


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title", "body", "annotation")


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "description", "room")


@register(Panellist)
class PanellistTranslation(TranslationOptions):
    fields = ("function", "body")
