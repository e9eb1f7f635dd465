from datetime import date

import factory

from documents.models import Batch, Signatory, Template
from tests.factories.events import EventFactory, OrganisationFactory


class TemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Template

    event = factory.SubFactory(EventFactory)
    letterhead = factory.SubFactory(OrganisationFactory)
    place_en = "Geneva"
    place_es = "Ginebra"
    body_en = "<p>We invite {parliament_in_sentence} to {event_in_sentence}, {dates_in_sentence}.</p>"
    body_es = "<p>Invitamos a {parliament_in_sentence} a {event_in_sentence}, {dates_in_sentence}.</p>"
    closing_en = "Yours sincerely,"
    closing_es = "Atentamente,"


class SignatoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Signatory

    template = factory.SubFactory(TemplateFactory)
    name = "Specimen Signatory"
    title_en = "Secretary General"
    title_es = "Secretaria General"
    organisation = factory.SubFactory(OrganisationFactory)


class BatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Batch

    event = factory.SubFactory(EventFactory)
    date = date(2026, 4, 23)
